import type { Job } from '../../domain/job.ts';
import { describeLauncher, fixture } from '../launch-worker.contract.ts';
import { run, type StartPorts } from './start-renderer.ts';

const settings: Pick<StartPorts, 'renderShardsOn' | 'lanes' | 'shapes' | 'concurrentCalls'> = {
  ...{ renderShardsOn: 'machines', lanes: 1, shapes: 1, concurrentCalls: async () => 1000 },
};
const portsFor = (renderShards: number | 'auto', speech_seconds?: number, more: Partial<StartPorts> = {}) => {
  const { ports, requests } = fixture();
  const findJob = async () => ({ speech_seconds }) as Job;
  return { requests, ports: { ...ports, ...settings, renderShards, findJob, ...more } };
};

describeLauncher(
  (input, ports) => run(input, { ...ports, ...settings, renderShards: 0, findJob: async () => undefined }),
  'renderer',
  'rendering',
);

const plan = { job_id: 'job-abc123', plan_shards: true };

test('plans the shards that the setting wants, and starts no machine', async () => {
  const { ports, requests } = portsFor(3, 100);
  expect(await run(plan, ports)).toEqual({
    job_id: 'job-abc123',
    shards: [
      { number: 1, of: 3 },
      { number: 2, of: 3 },
      { number: 3, of: 3 },
    ],
    join_on_function: false,
  });
  expect(requests).toEqual([]);
});

test('plans no more shards on functions than the account has calls for each lane', async () => {
  const on = (calls: number, lanes: number) =>
    run(
      plan,
      portsFor('auto', 600, {
        ...{ renderShardsOn: 'functions', lanes, concurrentCalls: async () => calls },
      }).ports,
    );
  expect(await on(1000, 1)).toMatchObject({ shards: { length: 14 } });
  expect(await on(100, 10)).toMatchObject({ shards: { length: 5 } });
});

test.each([
  ['a short video after functions', 'functions', 600, true],
  ['a video that is too long for a call', 'functions', 3600, false],
  ['a video after machines', 'machines', 600, false],
] as const)('says whether a function joins %s', async (_, renderShardsOn, seconds, joins) => {
  const { ports } = portsFor(20, seconds, { renderShardsOn });
  expect(await run(plan, ports)).toMatchObject({ join_on_function: joins });
});

test('a video in two shapes has the work of one twice as long', async () => {
  const planned = (seconds: number, shapes: number) =>
    run(plan, portsFor('auto', seconds, { renderShardsOn: 'functions', shapes }).ports);
  expect(await planned(600, 2)).toEqual(await planned(1200, 1));
  expect(await planned(1500, 1)).toMatchObject({ join_on_function: true });
  expect(await planned(1500, 2)).toMatchObject({ join_on_function: false });
});

test('asks for the calls of the account only where they count', async () => {
  const concurrentCalls = () => Promise.reject(new Error('asked'));
  const { ports } = portsFor('auto', 100, { concurrentCalls });
  expect(await run(plan, ports)).toMatchObject({ shards: [] });
  await expect(run(plan, { ...ports, renderShardsOn: 'functions' })).rejects.toThrow('asked');
});

test.each([
  ['a short video', portsFor('auto', 100)],
  ['a job without speech', portsFor('auto')],
])('plans no shards for %s', async (_, { ports }) => {
  expect(await run(plan, ports)).toMatchObject({ shards: [] });
});
