import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { clientOf, eventually } from 'local-aws/testing';
import { parseConfig } from '../../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from '../cloud.ts';
import { flowPlaceholders, projectSources } from '../pipeline.ts';

/** Seconds of a day. */
export const day = 86_400;

/** A machine that stays alive and sends heartbeats each minute like the real ones, but never responds. */
const silentWorker = `
  import { callJson } from '${import.meta.resolve('local-aws/client')}';
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, TASK_TOKEN: taskToken } = process.env;
  console.log('working');
  setInterval(() => {
    callJson({ endpoint, region }, 'states', 'SendTaskHeartbeat', { taskToken }).catch(() => process.exit(1));
  }, 60_000);
`;
/** The same machine, which ends its task after a second and a half of real time. */
export const shortWorker = `${silentWorker}
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await callJson({ endpoint, region }, 'states', 'SendTaskSuccess', { taskToken, output: '{}' });
  process.exit(0);`;

/** A flow of one task that a machine ends. */
export const render = (timeouts: object) => ({
  StartAt: 'Render',
  States: {
    Render: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: '${start-renderer}',
        Payload: { 'job_id.$': '$.job_id', 'task_token.$': '$$.Task.Token' },
      },
      ...timeouts,
      End: true,
    },
  },
});

/** A flow of one function. */
export const checkQuota = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: '${check-quota}', Payload: { job_id: 'job-daily' } },
      TimeoutSeconds: 20,
      End: true,
    },
  },
};

export const hourInLosAngeles = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'America/Los_Angeles',
  ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' },
});

/** Returns a time less than a day before Los Angeles next changes to summer time. */
export function eveOfSummerTime(now: number): number {
  const isSummer = (time: number) => hourInLosAngeles.format(time).endsWith('GMT-7');
  let time = now;
  while (isSummer(time) || !isSummer(time + day * 1000)) time += 3_600_000;
  return time;
}

type Options = Partial<Parameters<typeof startLocalCloud>[0]>;

/** Gives each test of a file its cloud with a small flow. */
export function smallFlow() {
  let folder: string;
  let cloud: LocalCloud;
  let states: SFNClient;
  let lines: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'small-flow-'));
    lines = [];
    write('workers/renderer/main.ts', silentWorker);
  });
  afterEach(async () => {
    states?.destroy();
    await cloud?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  return {
    get cloud() {
      return cloud;
    },
    get states() {
      return states;
    },
    /** Output of functions and machines. */
    get lines() {
      return lines;
    },
    write,

    /** Starts a cloud with a flow of these states, whose comment contains every placeholder of the real one. */
    async start(flow: object, options: Options = {}): Promise<void> {
      const names = Object.keys(flowPlaceholders(parseConfig({}))).map((name) => `\${${name}}`);
      write('flow.json', JSON.stringify({ Comment: names.join(' '), ...flow }));
      cloud = await startLocalCloud({
        stateDirectory: join(folder, 'state'),
        port: 0,
        config: parseConfig({}),
        log: ({ text }) => lines.push(text),
        sources: { ...projectSources, workers: join(folder, 'workers'), flow: join(folder, 'flow.json') },
        ...options,
      });
      states = new SFNClient(clientOf(cloud.endpoint));
    },

    /** Makes the clock of the next cloud start at a time, as one that was moved there before. */
    startAt: (time: number) => write('state/clock.json', JSON.stringify({ ahead: time - Date.now() })),

    async execution(input: object = {}): Promise<string> {
      const { stateMachineArn } = cloud;
      const started = await states.send(
        new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
      );
      return started.executionArn ?? '';
    },

    async end(executionArn: string) {
      const ended = await eventually(
        'the end',
        async () => {
          const described = await states.send(new DescribeExecutionCommand({ executionArn }));
          return described.status !== 'RUNNING' && described;
        },
        60_000,
      );
      const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
      return { ...ended, events };
    },

    async executions() {
      const { stateMachineArn } = cloud;
      const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
      return executions;
    },

    atWork: () => eventually('the machine at work', () => lines.includes('working'), 60_000),
    jump: (time: string) => cloud.control.run('clock', { jump: time }),
    jumpOverWork: (time: string) => cloud.control.run('clock', { jump: time, over: 'work' }),
  };
}
