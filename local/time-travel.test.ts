import { DescribeExecutionCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { eventually } from 'local-aws/testing';
import { linesOf } from './terminal/lines.ts';
import {
  checkQuota,
  day,
  eveOfSummerTime,
  hourInLosAngeles,
  render,
  shortWorker,
  smallFlow,
} from './testing/small-flow.ts';

const secondsOf = ({ timestamp }: HistoryEvent) => (timestamp?.getTime() ?? 0) / 1000;
const flow = smallFlow();
const { start, execution, end, jump, jumpOverWork, write } = flow;

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

test('a jump over its work lets a machine with heartbeats reach its timeout of four hours', async () => {
  await start(render({ TimeoutSeconds: 4 * 3600, HeartbeatSeconds: 300 }));
  const executionArn = await execution({ job_id: 'job-slow' });
  await flow.atWork();
  await jumpOverWork('3h');
  expect((await flow.states.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
  await jumpOverWork('2h');
  const { error, events } = await end(executionArn);
  expect(error).toBe('States.Timeout');
  const [scheduled, timedOut] = ['TaskScheduled', 'TaskTimedOut'].map((type) =>
    events.find((event) => event.type === type),
  );
  if (!scheduled || !timedOut) throw new Error('no such events');
  expect(Math.round(secondsOf(timedOut) - secondsOf(scheduled))).toBe(4 * 3600);
});

test.each(['1d', '3d'])(
  'a jump of %s waits for a machine, which ends neither by a limit nor by a missed heartbeat',
  async (time) => {
    write('workers/renderer/main.ts', shortWorker);
    await start(render({ TimeoutSeconds: 4 * 3600, HeartbeatSeconds: 300 }));
    const executionArn = await execution({ job_id: 'job-busy' });
    await flow.atWork();
    const before = flow.cloud.clock.now();
    await jump(time);
    const { status, events } = await end(executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(secondsOf(events.at(-1) as HistoryEvent) - before / 1000).toBeLessThan(600);
    expect(flow.cloud.clock.now() - before).toBeGreaterThanOrEqual(Number.parseInt(time, 10) * day * 1000);
  },
  60_000,
);

test('a jump across the daily run over a change to summer time waits for its functions', async () => {
  // Not by a jump, in which a run of each day until then would be waited for.
  flow.startAt(eveOfSummerTime(Date.now()));
  await start(checkQuota, { schedule: { time: '03:30', timezone: 'America/Los_Angeles' } });
  // Over one run before the change and one after it, at whatever minute the test starts.
  await jump('36h');
  const executions = await flow.executions();
  expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  const starts = executions.slice(0, 2).map(({ startDate }) => hourInLosAngeles.format(startDate));
  expect(starts).toEqual(['03:30 GMT-7', '03:30 GMT-8']);
});

test('the log has one clock after a jump: lines of the cloud have the time that functions print', async () => {
  await start({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
  await jump('3d');
  await flow.cloud.control.run('invoke', { function: 'handle-error', event: {} });
  const lines = flow.cloud.journal.since(0).flatMap((entry) => linesOf(entry));
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
    flow.cloud.control.run('invoke', { function: 'check-quota', event: { job_id } });
  for (let slot = 1; slot <= 10; slot++)
    expect(await check(`job-slot-${slot}`)).toMatchObject({ result: { quota_reached: false } });
  expect(await check('job-late')).toMatchObject({ result: { quota_reached: true } });
  await jump('1d');
  expect(await check('job-late')).toMatchObject({ result: { quota_reached: false } });
});

test('the daily run starts at its time every day', async () => {
  await start(
    { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } },
    { schedule: { time: '01:00', timezone: 'America/Los_Angeles' } },
  );
  await jump('2d');
  const executions = await eventually('two runs', async () => {
    const listed = await flow.executions();
    return listed.length === 2 && listed;
  });
  for (const { startDate } of executions)
    expect(startDate?.toLocaleString('en-GB', { timeZone: 'America/Los_Angeles', timeStyle: 'short' })).toBe(
      '01:00',
    );
});

test('with a speed, a wait of an hour takes a second, and the cloud keeps its time after a restart', async () => {
  const waiting = {
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 3600, Next: 'Done' }, Done: { Type: 'Succeed' } },
  };
  await start(waiting, { speed: 3_600 });
  const { events } = await end(await execution());
  const last = secondsOf(events.at(-1) as HistoryEvent);
  await flow.cloud.close();
  await start(waiting);
  expect(flow.cloud.clock.now() / 1000).toBeGreaterThanOrEqual(last);
});
