import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { clientOf, eventually } from 'local-aws/testing';
import { WebSocket } from 'ws';
import { ask } from './control/client.ts';
import { inspectOptions } from './dev/inspect-options.ts';
import { copyProject, type Dev, type ProjectCopy, startDev } from './testing/project-copy.ts';

/** A debugger like those of editors: it uses the inspector protocol on a port of make dev. */
let project: ProjectCopy;
let dev: Dev;
let states: SFNClient;
let open: WebSocket[] = [];
/** Seconds; a cold thread on a busy machine needs a few. */
const timeLimit = 5;
const longer = (timeLimit + 1) * 1_000;

beforeAll(async () => {
  project = copyProject();
  // The limit is in the manifest itself; a function that is paused for longer must not be ended.
  const manifest = project.read('config/functions.ts');
  project.save(
    'config/functions.ts',
    manifest.replace(/('check-quota': \{[^}]*?timeout: )30/, `$1${timeLimit}`),
  );
  project.save(
    'functions/check-quota/handler.ts',
    'export const handler = async (event: { n: number }) => {\n  const doubled = event.n * 2;\n  return { doubled, now: Date.now() };\n};\n',
  );
  project.save(
    'workers/renderer/main.ts',
    `
import { callJson } from 'local-aws/client';
const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '', TASK_TOKEN: taskToken } = process.env;
const work = () => {
  const output = JSON.stringify({ rendered: true });
  return callJson({ endpoint, region }, 'states', 'SendTaskSuccess', { taskToken, output });
};
setTimeout(work, 300);
`,
  );
  dev = await startDev(project, { INSPECT: `wait:${20_000 + Math.floor(Math.random() * 20_000)}` });
  states = new SFNClient(clientOf(dev.endpoint));
}, 120_000);
afterEach(() => {
  for (const socket of open) socket.terminate();
  open = [];
});
afterAll(async () => {
  states?.destroy();
  await dev?.end();
  project?.remove();
});

type Message = {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
};

/** Attaches to the target of this name. */
async function attach(name: string) {
  const line = await dev.printed(new RegExp(`^ {2}127\\.0\\.0\\.1:\\d+ {3}${name}$`));
  const address = `http://${/127\.0\.0\.1:\d+/.exec(line)?.[0]}`;
  const [target] = await eventually(`something to debug in ${name}`, async () => {
    const listed = (await (await fetch(`${address}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
    return listed.length > 0 && listed;
  });
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  open.push(socket);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return session(
    (text) => socket.send(text),
    (onText) => socket.on('message', (data) => onText(String(data))),
  );
}

function session(send: (text: string) => void, listen: (onText: (text: string) => void) => void) {
  const heard: Message[] = [];
  let lastId = 0;
  listen((text) => heard.push(JSON.parse(text)));
  const event = (method: string, which: (params: Record<string, unknown>) => boolean = () => true) =>
    eventually(method, () => {
      const index = heard.findIndex((one) => one.method === method && which(one.params ?? {}));
      return index >= 0 && (heard.splice(index, 1)[0]?.params ?? {});
    });
  return {
    event,
    async ask(method: string, params: object = {}) {
      const id = ++lastId;
      send(JSON.stringify({ id, method, params }));
      const answer = await eventually(method, () => heard.find((one) => one.id === id));
      return answer.result ?? {};
    },
    /** The thread of a function, whose messages are wrapped in those of the cloud. */
    async thread() {
      const { sessionId } = await event('NodeWorker.attachedToWorker');
      const listeners: ((text: string) => void)[] = [];
      listen((text) => {
        const { method, params } = JSON.parse(text) as Message;
        if (method === 'NodeWorker.receivedMessageFromWorker' && params?.sessionId === sessionId)
          for (const listener of listeners) listener(String(params?.message));
      });
      let outer = 1_000_000;
      const sendInside = (message: string) =>
        send(
          JSON.stringify({
            id: ++outer,
            method: 'NodeWorker.sendMessageToWorker',
            params: { sessionId, message },
          }),
        );
      return session(sendInside, (onText) => void listeners.push(onText));
    },
  };
}

test('a function that a debugger pauses does not time out, and its clock stops', async () => {
  const cloud = await attach('functions');
  await eventually('a warm function', async () => !(await dev.invoke('check-quota', { n: 1 })).failed);
  await cloud.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const thread = await cloud.thread();
  await thread.ask('Debugger.enable');
  await thread.ask('Debugger.setBreakpointByUrl', {
    lineNumber: 1,
    url: new URL(`file://${project.pathOf('functions/check-quota/handler.ts')}`).href,
  });

  // The task that calls the function has its own limit.
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({
      name: 'held',
      roleArn: 'arn:aws:iam::123456789012:role/states',
      definition: JSON.stringify({
        StartAt: 'Check',
        States: {
          Check: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: 'manga-pipeline-check-quota', Payload: { n: 21 } },
            TimeoutSeconds: timeLimit,
            End: true,
          },
        },
      }),
    }),
  );
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn }));
  const paused = await thread.event('Debugger.paused');
  expect((paused.callFrames as { location: { lineNumber: number } }[])[0]?.location.lineNumber).toBe(1);
  const clock = async () =>
    (await thread.ask('Runtime.evaluate', { expression: 'Date.now()' })).result as { value: number };
  const before = await clock();
  await wait(longer);
  expect((await clock()).value).toBe(before.value);
  await thread.ask('Debugger.resume');
  const output = await eventually('the end', async () => {
    const { status, output, cause } = await states.send(new DescribeExecutionCommand({ executionArn }));
    return status !== 'RUNNING' && (output ?? cause);
  });
  expect(JSON.parse(output)).toMatchObject({ Payload: { doubled: 42 } });
}, 120_000);

test('a breakpoint also holds in the next version of a file', async () => {
  const cloud = await attach('functions');
  await cloud.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const thread = await cloud.thread();
  await thread.ask('Debugger.enable');
  await thread.ask('Debugger.setBreakpointByUrl', {
    lineNumber: 1,
    url: new URL(`file://${project.pathOf('functions/check-quota/handler.ts')}`).href,
  });
  project.save(
    'functions/check-quota/handler.ts',
    'export const handler = async (event: { n: number }) => {\n  const tripled = event.n * 3;\n  return { tripled };\n};\n',
  );
  await dev.printed(/\[reload\] functions\/check-quota\/handler\.ts → check-quota/);
  const answer = dev.invoke('check-quota', { n: 2 });
  await thread.event('Debugger.paused');
  await thread.ask('Debugger.resume');
  expect((await answer).result).toEqual({ tripled: 6 });
}, 120_000);

/** Lets five minutes pass, unless a debugger has stopped the clock. */
async function letFiveMinutesPass(): Promise<void> {
  const state = project.pathOf('.local/dev');
  await ask('clock', { speed: 120 }, state);
  await wait(2_500);
  await ask('clock', { speed: 1 }, state);
}

test('a machine waits for its debugger, and its heartbeat and time limit are suspended', async () => {
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({
      name: 'held-machine',
      roleArn: 'arn:aws:iam::123456789012:role/states',
      definition: JSON.stringify({
        StartAt: 'Render',
        States: {
          Render: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
            Parameters: {
              FunctionName: 'manga-pipeline-start-renderer',
              Payload: { job_id: 'job-held', 'task_token.$': '$$.Task.Token' },
            },
            TimeoutSeconds: 180,
            HeartbeatSeconds: 60,
            End: true,
          },
        },
      }),
    }),
  );
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn }));
  const machine = await attach('renderer');
  await letFiveMinutesPass();
  await machine.ask('Debugger.enable');
  await machine.ask('Debugger.setBreakpointByUrl', {
    lineNumber: 4,
    url: new URL(`file://${project.pathOf('workers/renderer/main.ts')}`).href,
  });
  await machine.ask('Runtime.runIfWaitingForDebugger');
  await machine.event('Debugger.paused');
  await letFiveMinutesPass();
  const { status } = await states.send(new DescribeExecutionCommand({ executionArn }));
  expect(status).toBe('RUNNING');
  await machine.ask('Debugger.resume');
  const ended = await eventually('the end', async () => {
    const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status !== 'RUNNING' && execution;
  });
  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '{"rendered":true}' });
}, 120_000);

test('a web page cannot use a debugger’s port', async () => {
  const line = await dev.printed(/^ {2}127\.0\.0\.1:\d+ {3}functions$/);
  const address = /127\.0\.0\.1:\d+/.exec(line)?.[0];
  const refused = new WebSocket(`ws://${address}/debug`, { origin: 'https://attacker.example' });
  await expect(
    new Promise((resolve, reject) => refused.once('open', resolve).once('error', reject)),
  ).rejects.toThrow(/404/);
});

test('VS Code attaches to the ports that INSPECT=1 opens', () => {
  const file = new URL('../.vscode/launch.json', import.meta.url);
  const { configurations } = JSON.parse(readFileSync(file, 'utf8')) as {
    configurations: { port?: number }[];
  };
  const first = inspectOptions('1')?.port ?? 0;
  expect(configurations.flatMap(({ port }) => port ?? [])).toEqual([first, first + 1, first + 2]);
});

test.each([
  [undefined, undefined],
  ['0', undefined],
  ['1', { port: 9229, wait: false }],
  ['wait', { port: 9229, wait: true }],
  ['9300', { port: 9300, wait: false }],
  ['wait:9300', { port: 9300, wait: true }],
])('INSPECT=%s is %o', (given, expected) => {
  expect(inspectOptions(given)).toEqual(expected);
});

test('rejects an invalid INSPECT and names the valid values', () => {
  expect(() => inspectOptions('yes')).toThrow(/^INSPECT is yes; it must be 1, wait, /);
});
