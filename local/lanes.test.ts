import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { runLimits } from '../domain/run-limits.ts';
import { endDay, Failure, type Fake, type Fakes, runDay } from './testing/run-day.ts';

afterEach(endDay);

const lanesOf = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
type Call = Record<string, unknown> & { job_id: string };

/** Functions of a library with a number of chapters, and tables that all lanes share. */
function library(chapters: number, opened: number, over: Fakes = {}) {
  const failed = new Set<string>();
  const held = new Set<string>();
  let left = chapters;
  const fetcher: Fake = ({ job_id }) => {
    if (left === 0) return { status: 'no_manga_available' };
    left -= 1;
    return { status: 'success', job_id, manga_id: 'm', manga_title: 'M' };
  };
  const shared: Fakes = {
    'check-quota': (input) => {
      const { open_lanes, end_of_run, run } = input as unknown as Call;
      if (open_lanes) return { wanted: open_lanes, lanes: lanesOf(opened), reasons: [] };
      if (end_of_run) return { failures: failed.size, held: held.size };
      const isOver = Boolean(run) && (failed.size >= runLimits.failures || held.size >= runLimits.held);
      return { quota_reached: isOver, daily_count: 0, daily_quota: 100 };
    },
    'handle-error': (input) => {
      const { job_id, run, outcome } = input as unknown as Call;
      if (run) (outcome ? held : failed).add(job_id);
      return outcome ? { decision: 'hold', reasons: '' } : { job_id, status: 'failed', error_logged: true };
    },
    fetcher,
  };
  return { ...shared, ...over };
}

const run = (fakes: Fakes, lanes: number) => runDay(() => fakes, undefined, 'daily', {}, { lanes });
async function listed(client: SFNClient) {
  const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
  return client.send(new ListExecutionsCommand({ stateMachineArn: stateMachines[0]?.stateMachineArn }));
}
const isLane = ({ name = '' }: { name?: string | undefined }) => name.startsWith('lane-');

test('each lane is an execution of the same flow, and every chapter is published once', async () => {
  const { execution, executions, states, callsOf } = await run(library(7, 3), 3);
  expect(execution.status).toBe('SUCCEEDED');
  const main = states.filter((state) => !['RunLane', 'IsLaneContinued', 'LaneEnded'].includes(state));
  expect(main).toEqual([
    ...['StartRun', 'IsContinued', 'PlanLanes', 'OpenLanes', 'CountRun', 'HowLanesEnded', 'LanesEnded'],
  ]);
  expect(executions.filter(isLane).map(({ status }) => status)).toEqual(Array(3).fill('SUCCEEDED'));
  const counted = callsOf('increment-counter');
  expect(new Set(counted.map(({ job_id }) => job_id)).size).toBe(7);
  expect(counted.every(({ run }) => run === 'daily')).toBe(true);
  // The machines of earlier runs are ended once for the run.
  expect(callsOf('renderer-callback')).toEqual([{ end_orphans: true }]);
});

test('a run with one lane has no states of lanes, and counts alone', async () => {
  const { executions, states, callsOf } = await run(library(2, 1), 1);
  expect(executions).toHaveLength(1);
  expect(states).not.toEqual(expect.arrayContaining(['PlanLanes']));
  expect(callsOf('check-quota').every(({ run }) => run === null)).toBe(true);
});

test('opens as many lanes as the plan says', async () => {
  const { executions } = await run(library(5, 2), 4);
  expect(
    executions
      .filter(isLane)
      .map(({ name }) => name?.slice(0, 7))
      .sort(),
  ).toEqual(['lane-1-', 'lane-2-']);
});

test('makes one chapter after the other when it is not known how many lanes there can be', async () => {
  const plan = library(3, 4);
  const { execution, executions, callsOf } = await run(
    {
      ...plan,
      'check-quota': (input, call) => {
        if ((input as unknown as Call).open_lanes) throw new Failure('ConfigurationError');
        return plan['check-quota']?.(input, call);
      },
    },
    4,
  );
  expect([execution.status, executions.length]).toEqual(['SUCCEEDED', 1]);
  expect(callsOf('increment-counter')).toHaveLength(3);
});

test('three failures in different lanes end the run, and no lane takes a chapter after the third', async () => {
  const broken: Fake = () => {
    throw new Failure('ChapterUnreadable');
  };
  const { execution, executions, callsOf } = await run(library(40, 3, { scriptgen: broken }), 3);
  expect([execution.status, execution.error]).toEqual(['FAILED', 'TooManyFailures']);
  const failures = callsOf('handle-error').length;
  // Chapters that were at work when the third one failed are finished, here with a failure.
  expect(failures).toBeGreaterThanOrEqual(3);
  expect(failures).toBeLessThanOrEqual(5);
  expect(callsOf('fetcher')).toHaveLength(failures);
  expect(executions.some(({ status }) => status === 'RUNNING')).toBe(false);
});

test('ten chapters that are held in different lanes end the run', async () => {
  const doubtful: Fake = ({ job_id }) => ({
    ...{ job_id, script_generated: true, doubtful: true, segment_count: 1, continuation_token: null },
  });
  const { execution, states, callsOf } = await run(library(60, 4, { scriptgen: doubtful }), 4);
  expect([execution.status, states.at(-1)]).toEqual(['SUCCEEDED', 'TooManyHeld']);
  const held = callsOf('handle-error').length;
  expect(held).toBeGreaterThanOrEqual(10);
  expect(held).toBeLessThanOrEqual(13);
});

test('a lane that fails or is stopped leaves the others at work, and the run says so', async () => {
  let stopped = 0;
  const { execution, executions, callsOf } = await runDay(
    (client) => {
      const shared = library(6, 2);
      return {
        ...shared,
        async scriptgen({ job_id }, call) {
          if (call === 1) {
            const { executions = [] } = await listed(client);
            const lane = executions.find(({ name }) => name?.startsWith('lane-1-'));
            await client.send(new StopExecutionCommand({ executionArn: lane?.executionArn }));
            stopped += 1;
          }
          return {
            job_id,
            script_generated: true,
            doubtful: false,
            segment_count: 1,
            continuation_token: null,
          };
        },
      };
    },
    ...([undefined, 'daily', {}, { lanes: 2 }] as const),
  );
  expect(stopped).toBe(1);
  expect(
    executions
      .filter(isLane)
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['ABORTED', 'SUCCEEDED']);
  expect([execution.status, execution.error]).toEqual(['FAILED', 'LaneFailed']);
  expect(callsOf('increment-counter').length).toBeGreaterThanOrEqual(5);
});

test('stopping the run stops its lanes', async () => {
  const { execution, executions } = await runDay(
    (client) => ({
      ...library(6, 2),
      async 'start-renderer'(_, call) {
        if (call !== 2) return;
        const { executions = [] } = await listed(client);
        const main = executions.find(({ name }) => name === 'daily');
        await client.send(new StopExecutionCommand({ executionArn: main?.executionArn }));
      },
    }),
    ...([undefined, 'daily', {}, { lanes: 2 }] as const),
  );
  expect(execution.status).toBe('ABORTED');
  expect(executions.filter(isLane).map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
});

test('a lane of many jobs continues in another execution, and the run waits for that one too', async () => {
  const { execution, executions, callsOf } = await run(library(45, 2), 2);
  expect(execution.status).toBe('SUCCEEDED');
  expect(callsOf('increment-counter')).toHaveLength(45);
  expect(executions.filter(isLane).length).toBeGreaterThanOrEqual(3);
  expect(executions.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
});

test('the limits of a run are those that one execution has', () => {
  const { States } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../asl/pipeline.asl.json'), 'utf8'),
  ) as { States: Record<string, { Choices?: { Variable?: string; NumericGreaterThanEquals?: number }[] }> };
  const limitsIn = (state: string) =>
    (States[state]?.Choices ?? []).flatMap(({ Variable = '', NumericGreaterThanEquals: limit }) =>
      /failures|held/.test(Variable) ? [[Variable.replace(/^.*[$.]/, ''), limit]] : [],
    );
  expect(Object.fromEntries(limitsIn('CheckMoreVideos'))).toEqual(runLimits);
  expect(Object.fromEntries(limitsIn('HowLanesEnded'))).toEqual(runLimits);
});
