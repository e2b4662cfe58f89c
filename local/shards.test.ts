import { SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { mostShards } from '../domain/render-shards.ts';
import { endDay, Failure, type Fakes, runDay } from './testing/run-day.ts';

afterEach(endDay);

const shards = [1, 2, 3].map((number) => ({ number, of: 3 }));
const finish = (client: SFNClient, taskToken: string) =>
  void client.send(
    new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ status: 'completed' }) }),
  );
const planned = (shards: readonly object[], join_on_function = false) => ({ shards, join_on_function });
interface Call {
  plan_shards?: boolean;
  shard?: { number: number };
}

/** Runs a day with one chapter, in which `shard` starts the machines of shards. */
const run = (
  shard: (number: number, token: string, client: SFNClient) => unknown,
  plan: object | null = planned(shards),
) =>
  runDay(
    (client): Fakes => ({
      'start-renderer': (input) => {
        const { plan_shards, shard: asked } = input as unknown as Call;
        if (plan_shards) return plan ?? Promise.reject(new Failure('ConfigurationError'));
        return asked ? shard(asked.number, input.task_token, client) : finish(client, input.task_token);
      },
    }),
    undefined,
    'daily',
    {},
    { renderShards: 3 },
  );
const rendererCalls = (calls: readonly Record<string, unknown>[]) =>
  calls.map(({ plan_shards, shard }) =>
    plan_shards ? 'plan' : ((shard as { number: number })?.number ?? 'whole'),
  );

test('the machines of shards work in parallel, and the renderer starts when all have ended', async () => {
  const { execution, states, callsOf } = await run((_, token, client) => finish(client, token));
  expect(execution.status).toBe('SUCCEEDED');
  const calls = rendererCalls(callsOf('start-renderer'));
  expect([calls[0], calls.slice(1, 4).sort(), calls.at(-1)]).toEqual(['plan', [1, 2, 3], 'whole']);
  expect(states.filter((state) => state === 'SpreadRender')).toHaveLength(1);
  expect(callsOf('increment-counter')).toHaveLength(1);
});

test.each([
  ['finds no capacity', () => Promise.reject(new Failure('SpotCapacityUnavailable')), 1],
  ['is refused', () => Promise.reject(new Failure('ConfigurationError')), 1],
  ['is never heard of', () => ({}), 3],
])('a shard that %s costs only time', async (_, second, tries) => {
  const { execution, callsOf } = await run((number, token, client) =>
    number === 2 ? second() : finish(client, token),
  );
  expect(execution.status).toBe('SUCCEEDED');
  expect(rendererCalls(callsOf('start-renderer')).filter((call) => call === 2)).toHaveLength(tries);
  expect(callsOf('handle-error')).toEqual([]);
  expect(callsOf('increment-counter')).toHaveLength(1);
});

describe('on functions', () => {
  const day = (render: Fakes['render'], joins = false, of: readonly object[] = shards) =>
    runDay(
      (client): Fakes => ({
        'start-renderer': (input) =>
          (input as unknown as Call).plan_shards ? planned(of, joins) : finish(client, input.task_token),
        ...(render && { render }),
      }),
      undefined,
      'daily',
      {},
      { renderShards: 3, renderShardsOn: 'functions' },
    );
  const numbers = (calls: readonly Record<string, unknown>[]) =>
    calls.map(({ shard }) => (shard as { number: number }).number).sort();

  test('each shard is one call, and one machine is started when all have ended', async () => {
    const { execution, callsOf } = await day(undefined);
    expect(execution.status).toBe('SUCCEEDED');
    expect(numbers(callsOf('render'))).toEqual([1, 2, 3]);
    expect(rendererCalls(callsOf('start-renderer'))).toEqual(['plan', 'whole']);
  });

  test.each([
    ['runs out of time', 'RenderError', [1, 2, 3]],
    ['dies', 'Runtime.ExitError', [1, 2, 2, 3]],
    ['is refused', 'ConfigurationError', [1, 2, 3]],
  ])('a shard that %s costs only time', async (_, error, calls) => {
    const { execution, callsOf } = await day((input) =>
      (input as unknown as Call).shard?.number === 2 ? Promise.reject(new Failure(error)) : {},
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(numbers(callsOf('render'))).toEqual(calls);
    expect(callsOf('handle-error')).toEqual([]);
    expect(callsOf('increment-counter')).toHaveLength(1);
  });

  const isJoin = (input: object) => !('shard' in input);

  test('a function joins a short video, and no machine is started', async () => {
    const { execution, callsOf, states } = await day(
      ({ job_id, ...rest }) =>
        isJoin(rest) ? { job_id, status: 'completed' } : { job_id, rendered: 1, reused: 0 },
      true,
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf('render').filter(isJoin)).toHaveLength(1);
    expect(rendererCalls(callsOf('start-renderer'))).toEqual(['plan']);
    expect(states).not.toContain('StartRenderer');
    expect(callsOf('increment-counter')).toHaveLength(1);
  });

  test.each(['RenderError', 'Runtime.ExitError', 'ArtifactInvalid'])(
    'a machine makes the video if the join fails with %s',
    async (error) => {
      const { execution, callsOf } = await day(
        (input) => (isJoin(input) ? Promise.reject(new Failure(error)) : {}),
        true,
      );
      expect(execution.status).toBe('SUCCEEDED');
      expect(rendererCalls(callsOf('start-renderer'))).toEqual(['plan', 'whole']);
      expect(callsOf('handle-error')).toEqual([]);
    },
  );

  test('as many shards as there can be leave no more in the history of the run, also if all of them fail', async () => {
    const most = Array.from({ length: mostShards.functions }, (_, index) => ({ number: index + 1 }));
    const fails = () => Promise.reject(new Failure('RenderError', 'x'.repeat(2000)));
    const few = await day(fails);
    const many = await day(fails, false, most);
    expect(many.execution.status).toBe('SUCCEEDED');
    expect(many.callsOf('render')).toHaveLength(mostShards.functions);
    expect(many.historyLength).toBe(few.historyLength);
  });

  test('waits while Lambda has no room for more calls', async () => {
    let refused = 0;
    const { execution, callsOf } = await day(() =>
      refused++ < 4 ? Promise.reject(new Failure('Lambda.TooManyRequestsException')) : {},
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf('render')).toHaveLength(7);
  });
});

test('a video that is not worth more machines is rendered by one', async () => {
  const { execution, callsOf } = await run(() => {}, planned([]));
  expect(execution.status).toBe('SUCCEEDED');
  expect(rendererCalls(callsOf('start-renderer'))).toEqual(['plan', 'whole']);
});

test("if the shards can't be planned, the renderer makes the video alone", async () => {
  const { execution, callsOf } = await run(() => {}, null);
  expect(execution.status).toBe('SUCCEEDED');
  expect(rendererCalls(callsOf('start-renderer'))).toEqual(['plan', 'whole']);
});

test('without the setting nothing asks for shards', async () => {
  const { states } = await runDay();
  expect(states).not.toEqual(expect.arrayContaining(['PlanShards']));
});
