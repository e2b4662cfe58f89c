import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { checkQuota, day, eveOfSummerTime, render, shortWorker, smallFlow } from './testing/small-flow.ts';

/**
 * Jumps of the clock, ten times each, on a machine that is busy with four programs for each core: none ends what works by a
 * limit, a missed heartbeat or a silence.
 */
const flow = smallFlow();
const rounds = Array.from({ length: 10 }, (_, index) => index + 1);
const limit = 10 * 60_000;
let busy: ChildProcess[] = [];
beforeAll(() => {
  busy = Array.from({ length: 4 * availableParallelism() }, () =>
    spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }),
  );
});
afterAll(() => {
  for (const child of busy) child.kill('SIGKILL');
});

const daily = { schedule: { time: '03:30', timezone: 'America/Los_Angeles' } };
const places = [
  ['1d', 'at any time', () => Date.now()],
  ['3d', 'at any time', () => Date.now()],
  ['36h', 'over the change to summer time', () => eveOfSummerTime(Date.now())],
] as const;
const seconds = { '1d': day, '3d': 3 * day, '36h': 1.5 * day };

describe.each(places)('a jump of %s %s', (time, _, from) => {
  test.each(rounds)(
    'while idle, over the daily runs, round %i',
    async () => {
      const start = from();
      flow.startAt(start);
      await flow.start(checkQuota, daily);
      await flow.jump(time);
      expect(flow.cloud.clock.now()).toBeGreaterThanOrEqual(start + seconds[time] * 1000);
      const executions = await flow.executions();
      expect(executions.length).toBeGreaterThan(0);
      expect(executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
    },
    limit,
  );

  test.each(rounds)(
    'during a render, round %i',
    async () => {
      flow.startAt(from());
      flow.write('workers/renderer/main.ts', shortWorker);
      await flow.start(render({ TimeoutSeconds: 4 * 3600, HeartbeatSeconds: 300 }));
      const executionArn = await flow.execution({ job_id: 'job-busy' });
      await flow.atWork();
      const before = flow.cloud.clock.now();
      await flow.jump(time);
      const { status, stopDate } = await flow.end(executionArn);
      expect(status).toBe('SUCCEEDED');
      // At its own time, which is real, and not at the end of the jump.
      expect((stopDate?.getTime() ?? 0) - before).toBeLessThan(limit);
    },
    limit,
  );
});
