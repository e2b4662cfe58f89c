import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { clientOf, eventually } from 'local-aws/testing';
import { parseConfig } from '../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from './cloud.ts';
import { flowPlaceholders, projectSources } from './pipeline.ts';
import { linesOf } from './terminal/lines.ts';

/** A machine that stays alive and sends heartbeats each minute like the real ones, but never responds. */
const worker = `
  import { callJson } from '${import.meta.resolve('local-aws/client')}';
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, TASK_TOKEN: taskToken } = process.env;
  console.log('working');
  setInterval(() => {
    callJson({ endpoint, region }, 'states', 'SendTaskHeartbeat', { taskToken }).catch(() => process.exit(1));
  }, 60_000);
`;
const day = 86_400;

let folder: string;
let cloud: LocalCloud;
let states: SFNClient;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'time-travel-test-'));
  lines = [];
  write('workers/renderer/main.ts', worker);
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

type Options = Partial<Parameters<typeof startLocalCloud>[0]>;

/** Starts a cloud with a small flow of these states, whose comment contains every placeholder of the real one. */
async function start(flow: object, options: Options = {}): Promise<void> {
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
}

async function execution(input: object = {}): Promise<string> {
  const { stateMachineArn } = cloud;
  const started = await states.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return started.executionArn ?? '';
}

async function end(executionArn: string) {
  const ended = await eventually('the end', async () => {
    const described = await states.send(new DescribeExecutionCommand({ executionArn }));
    return described.status !== 'RUNNING' && described;
  });
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
  return { ...ended, events };
}

const secondsOf = ({ timestamp }: HistoryEvent) => (timestamp?.getTime() ?? 0) / 1000;
const jump = (time: string) => cloud.control.run('clock', { jump: time });
const jumpOverWork = (time: string) => cloud.control.run('clock', { jump: time, over: 'work' });

test('waits of days pass in a moment, and the history has their times', async () => {
  const wait = (Seconds: number, Next: string) => ({ Type: 'Wait', Seconds, Next });
  await start({
    StartAt: 'First',
    States: { First: wait(day, 'Second'), Second: wait(day, 'Done'), Done: { Type: 'Succeed' } },
  });
  const executionArn = await execution();
  await jump('3d');
  const { status, events, startDate, stopDate } = await end(executionArn);
  expect(status).toBe('SUCCEEDED');
  const times = events.map(secondsOf);
  expect([...times].sort((one, other) => one - other)).toEqual(times);
  expect(Math.round((times.at(-1) ?? 0) - (times[0] ?? 0))).toBe(2 * day);
  expect(Math.round(((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)) / 1000)).toBe(2 * day);
});

const render = (timeouts: object) => ({
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

test('a jump over its work lets a machine with heartbeats reach its timeout of four hours', async () => {
  await start(render({ TimeoutSeconds: 4 * 3600, HeartbeatSeconds: 300 }));
  const executionArn = await execution({ job_id: 'job-slow' });
  await eventually('the machine at work', () => lines.includes('working'));
  await jumpOverWork('3h');
  expect((await states.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
  await jumpOverWork('2h');
  const { error, events } = await end(executionArn);
  expect(error).toBe('States.Timeout');
  const [scheduled, timedOut] = ['TaskScheduled', 'TaskTimedOut'].map((type) =>
    events.find((event) => event.type === type),
  );
  if (!scheduled || !timedOut) throw new Error('no such events');
  expect(Math.round(secondsOf(timedOut) - secondsOf(scheduled))).toBe(4 * 3600);
}, 60_000);

test.each(['1d', '3d'])(
  'a jump of %s waits for a machine, which ends neither by a limit nor by a missed heartbeat',
  async (time) => {
    write(
      'workers/renderer/main.ts',
      `${worker}
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await callJson({ endpoint, region }, 'states', 'SendTaskSuccess', { taskToken, output: '{}' });
    process.exit(0);`,
    );
    await start(render({ TimeoutSeconds: 4 * 3600, HeartbeatSeconds: 300 }));
    const executionArn = await execution({ job_id: 'job-busy' });
    await eventually('the machine at work', () => lines.includes('working'));
    const before = cloud.clock.now();
    await jump(time);
    const { status, events } = await end(executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(secondsOf(events.at(-1) as HistoryEvent) - before / 1000).toBeLessThan(600);
    expect(cloud.clock.now() - before).toBeGreaterThanOrEqual(Number.parseInt(time, 10) * day * 1000);
  },
  60_000,
);

const hourInLosAngeles = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'America/Los_Angeles',
  ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' },
});

/** Returns a time less than a day before Los Angeles next changes to summer time. */
function eveOfSummerTime(now: number): number {
  const isSummer = (time: number) => hourInLosAngeles.format(time).endsWith('GMT-7');
  let time = now;
  while (isSummer(time) || !isSummer(time + day * 1000)) time += 3_600_000;
  return time;
}

test('a jump across the daily run over a change to summer time waits for its functions', async () => {
  await start(
    {
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
    },
    { schedule: { time: '03:30', timezone: 'America/Los_Angeles' } },
  );
  await jump(`${Math.ceil((eveOfSummerTime(cloud.clock.now()) - cloud.clock.now()) / 1000)}s`);
  // Over one run before the change and one after it, at whatever minute the test starts.
  await jump('36h');
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: cloud.stateMachineArn }),
  );
  expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  const starts = executions.slice(0, 2).map(({ startDate }) => hourInLosAngeles.format(startDate));
  expect(starts).toEqual(['03:30 GMT-7', '03:30 GMT-8']);
}, 120_000);

test('the log has one clock after a jump: lines of the cloud have the time that functions print', async () => {
  await start({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
  await jump('3d');
  await cloud.control.run('invoke', { function: 'handle-error', event: {} });
  const lines = cloud.journal.since(0).flatMap((entry) => linesOf(entry));
  const own = lines.find((line) => line.includes('job_failed')) ?? '';
  const [, at = '', json = '{}'] = /^(\S+) \[handle-error \w+\] (.*)$/.exec(own) ?? [];
  const printed = (JSON.parse(json) as { timestamp: string }).timestamp;
  for (const time of [at, printed]) {
    const ahead = Date.parse(time) - Date.now();
    expect(ahead).toBeGreaterThan(2.9 * day * 1000);
  }
  expect(Date.parse(at) - Date.parse(printed)).toBeLessThan(3_600_000);
});

test('functions see the end of the quota day', async () => {
  await start({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
  const check = (job_id: string) =>
    cloud.control.run('invoke', { function: 'check-quota', event: { job_id } });
  for (let slot = 1; slot <= 10; slot++)
    expect(await check(`job-slot-${slot}`)).toMatchObject({ result: { quota_reached: false } });
  expect(await check('job-late')).toMatchObject({ result: { quota_reached: true } });
  await jump('1d');
  expect(await check('job-late')).toMatchObject({ result: { quota_reached: false } });
}, 60_000);

test('the daily run starts at its time every day', async () => {
  await start(
    { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } },
    { schedule: { time: '01:00', timezone: 'America/Los_Angeles' } },
  );
  await jump('2d');
  const { executions = [] } = await eventually('two runs', async () => {
    const { stateMachineArn } = cloud;
    const listed = await states.send(new ListExecutionsCommand({ stateMachineArn }));
    return listed.executions?.length === 2 && listed;
  });
  for (const { startDate } of executions)
    expect(startDate?.toLocaleString('en-GB', { timeZone: 'America/Los_Angeles', timeStyle: 'short' })).toBe(
      '01:00',
    );
});

test('with a speed, a wait of an hour takes a second, and the cloud keeps its time after a restart', async () => {
  const flow = {
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 3600, Next: 'Done' }, Done: { Type: 'Succeed' } },
  };
  await start(flow, { speed: 3_600 });
  const { events } = await end(await execution());
  const last = secondsOf(events.at(-1) as HistoryEvent);
  await cloud.close();
  await start(flow);
  expect(cloud.clock.now() / 1000).toBeGreaterThanOrEqual(last);
});
