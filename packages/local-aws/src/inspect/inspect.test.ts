import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { WebSocket } from 'ws';
import type { CloudOrder, CloudReady } from '../testing/inspected-cloud.ts';
import { clientOf, eventually } from '../testing.ts';

/** A debugger like those of editors: it uses the inspector protocol on a port of the cloud. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'inspect-test-')));
let child: ChildProcess;
let cloud: CloudReady;
let states: SFNClient;
let open: WebSocket[] = [];
/** Seconds; a cold thread on a busy machine needs a few. */
const timeLimit = 5;
const longer = (timeLimit + 1) * 1_000;

function save(name: string, text: string): string {
  const file = join(folder, 'code', name);
  writeFileSync(file, text);
  return new URL(`file://${file}`).href;
}

const wire = new URL('../wire.ts', import.meta.url).href;
let functionUrl: string;
let machineUrl: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'code'));
  functionUrl = save(
    'function.ts',
    'export const handler = async (event: { n: number }) => {\n  const doubled = event.n * 2;\n  return { doubled, now: Date.now() };\n};\n',
  );
  // Gives the token of its task to a machine.
  save(
    'launch.ts',
    `
import { signature } from '${wire}';
const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = process.env;
const parameters = { Action: 'RunInstances', ImageId: 'ami-1', MinCount: '1', MaxCount: '1' };
export const handler = async ({ token }: { token: string }) => {
  const body = new URLSearchParams({ ...parameters, UserData: btoa(token) });
  const { status } = await fetch(endpoint, { method: 'POST', headers: signature('ec2', region), body });
  return { status };
};
`,
  );
  machineUrl = save(
    'machine.ts',
    `
import { callJson } from '${wire}';
const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '', TASK: taskToken } = process.env;
const work = () => {
  const output = JSON.stringify({ rendered: true });
  return callJson({ endpoint, region }, 'states', 'SendTaskSuccess', { taskToken, output });
};
setTimeout(work, 300);
`,
  );
  // Below the ephemeral ports (from 32768), which other tests can have.
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const program = new URL('../testing/inspected-cloud.ts', import.meta.url);
  child = fork(program, [folder, String(port), String(timeLimit)], {
    execArgv: ['--inspect-publish-uid=http'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  [cloud] = (await once(child, 'message')) as [CloudReady];
  states = new SFNClient(clientOf(cloud.endpoint));
});
afterEach(() => {
  for (const socket of open) socket.terminate();
  open = [];
});
afterAll(async () => {
  states?.destroy();
  if (child?.connected) await endCloud();
  rmSync(folder, { recursive: true, force: true });
});

async function endCloud(): Promise<void> {
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

async function invoke(event: unknown) {
  const url = `${cloud.endpoint}/2015-03-31/functions/function/invocations`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
  return { failed: response.headers.has('x-amz-function-error'), result: await response.json() };
}

type Message = {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
};

/** Attaches to the target of this name. */
async function attach(name: string) {
  const address = `http://127.0.0.1:${cloud.ports[name]}`;
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
  const functions = await attach('functions');
  await eventually('a warm function', async () => !(await invoke({ n: 1 })).failed);
  await functions.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const thread = await functions.thread();
  await thread.ask('Debugger.enable');
  await thread.ask('Debugger.setBreakpointByUrl', {
    lineNumber: 1,
    url: functionUrl,
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
            Parameters: { FunctionName: 'function', Payload: { n: 21 } },
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
});

test('a breakpoint also holds in the next version of a file', async () => {
  const functions = await attach('functions');
  await functions.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const thread = await functions.thread();
  await thread.ask('Debugger.enable');
  await thread.ask('Debugger.setBreakpointByUrl', {
    lineNumber: 1,
    url: functionUrl,
  });
  save(
    'function.ts',
    'export const handler = async (event: { n: number }) => {\n  const tripled = event.n * 3;\n  return { tripled };\n};\n',
  );
  await once(child, 'message');
  const answer = invoke({ n: 2 });
  await thread.event('Debugger.paused');
  await thread.ask('Debugger.resume');
  expect((await answer).result).toEqual({ tripled: 6 });
});

/** Sets a breakpoint in the function, as an editor does, and returns the thread that has loaded it. */
async function breakInFunction() {
  const functions = await attach('functions');
  await functions.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  for (;;) {
    const thread = await functions.thread();
    await thread.ask('Debugger.enable');
    // In every version of the file.
    const { locations } = await thread.ask('Debugger.setBreakpointByUrl', {
      lineNumber: 1,
      urlRegex: `^${functionUrl}`,
    });
    if ((locations as unknown[]).length > 0) return thread;
  }
}

test('a debugger that is lost leaves no breakpoint behind', async () => {
  await breakInFunction();
  for (const socket of open) socket.terminate();
  expect((await invoke({ n: 1 })).failed).toBe(false);
});

test('a function that a lost debugger had paused continues', async () => {
  const thread = await breakInFunction();
  const answer = invoke({ n: 1 });
  await thread.event('Debugger.paused');
  for (const socket of open) socket.terminate();
  expect((await answer).failed).toBe(false);
});

/** Lets five minutes pass, unless a debugger has stopped the clock. */
async function letFiveMinutesPass(): Promise<void> {
  child.send({ speed: 120 } satisfies CloudOrder);
  await wait(2_500);
  child.send({ speed: 1 } satisfies CloudOrder);
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
              FunctionName: 'launch',
              Payload: { 'token.$': '$$.Task.Token' },
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
  const machine = await attach('machine');
  await letFiveMinutesPass();
  await machine.ask('Debugger.enable');
  await machine.ask('Debugger.setBreakpointByUrl', {
    lineNumber: 4,
    url: machineUrl,
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
});

test('a web page cannot use a debugger’s port', async () => {
  const refused = new WebSocket(`ws://127.0.0.1:${cloud.ports.functions}/debug`, {
    origin: 'https://attacker.example',
  });
  await expect(
    new Promise((resolve, reject) => refused.once('open', resolve).once('error', reject)),
  ).rejects.toThrow(/404/);
});

test('a connection that breaks while it is rejected leaves the port of a debugger open', async () => {
  const address = { host: '127.0.0.1', port: Number(cloud.ports.functions) };
  const upgrade =
    'GET /other HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const socket = connect(address);
    await once(socket, 'connect');
    await new Promise((sent) => socket.write(upgrade, sent));
    socket.resetAndDestroy();
  }
  expect((await fetch(`http://127.0.0.1:${address.port}/json/list`)).status).toBe(200);
});

test('the cloud ends while a debugger pauses a function', async () => {
  const thread = await breakInFunction();
  void invoke({ n: 1 }).catch(() => {});
  await thread.event('Debugger.paused');
  await endCloud();
});
