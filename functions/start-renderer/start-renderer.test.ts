import type { Job } from '../../domain/job.ts';
import type { ShardsOn } from '../../domain/render-shards.ts';
import type { VideoFormats } from '../../domain/video-format.ts';
import { describeLauncher, fixture } from '../launch-worker.contract.ts';
import type { LaunchPorts } from '../launch-worker.ts';
import { run, type StartPorts } from './start-renderer.ts';

const settings: Omit<StartPorts, keyof LaunchPorts | 'renderShards' | 'findJob'> = {
  ...{ renderShardsOn: 'machines', lanes: 1, videoFormatOf: () => '16:9' },
  ...{ concurrentCalls: async () => 1000, spotVcpus: async () => 640 },
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
  const planned = (seconds: number, format: VideoFormats) =>
    run(plan, portsFor('auto', seconds, { renderShardsOn: 'functions', videoFormatOf: () => format }).ports);
  expect(await planned(600, 'both')).toEqual(await planned(1200, '16:9'));
  expect(await planned(1500, '9:16')).toMatchObject({ join_on_function: true });
  expect(await planned(1500, 'both')).toMatchObject({ join_on_function: false });
});

test('plans the shapes that its series chooses, else those of its channel', async () => {
  const { ports } = portsFor('auto', 1500, {
    renderShardsOn: 'functions',
    videoFormatOf: (channel) => (channel === 'ma' ? 'both' : '16:9'),
  });
  const joins = async (job: Partial<Job>) =>
    (await run(plan, { ...ports, findJob: async () => ({ speech_seconds: 1500, ...job }) as Job })) as {
      join_on_function: boolean;
    };
  expect((await joins({})).join_on_function).toBe(true);
  expect((await joins({ channel: 'ma' })).join_on_function).toBe(false);
  expect((await joins({ channel: 'ma', video_format: '9:16' })).join_on_function).toBe(true);
  expect((await joins({ video_format: 'both' })).join_on_function).toBe(false);
});

test('plans no more shards on machines than the Spot quota has for each lane', async () => {
  const on = (vcpus: number, lanes: number) =>
    run(plan, portsFor('auto', 18_000, { lanes, spotVcpus: async () => vcpus }).ports);
  // Machines of eight vCPUs.
  expect(await on(640, 1)).toMatchObject({ shards: { length: 6 } });
  expect(await on(64, 2)).toMatchObject({ shards: { length: 4 } });
  expect(await on(5, 1)).toMatchObject({ shards: [] });
});

test('asks for a quota of the account only where it counts', async () => {
  const asked = {
    concurrentCalls: () => Promise.reject(new Error('asked for calls')),
    spotVcpus: () => Promise.reject(new Error('asked for vCPUs')),
  };
  const planned = (wanted: number | 'auto', seconds: number, renderShardsOn: ShardsOn) =>
    run(plan, portsFor(wanted, seconds, { ...asked, renderShardsOn }).ports);
  expect(await planned('auto', 100, 'machines')).toMatchObject({ shards: [] });
  expect(await planned(3, 18_000, 'machines')).toMatchObject({ shards: { length: 3 } });
  await expect(planned('auto', 18_000, 'machines')).rejects.toThrow('asked for vCPUs');
  await expect(planned('auto', 100, 'functions')).rejects.toThrow('asked for calls');
});

test.each([
  ['a short video', portsFor('auto', 100)],
  ['a job without speech', portsFor('auto')],
])('plans no shards for %s', async (_, { ports }) => {
  expect(await run(plan, ports)).toMatchObject({ shards: [] });
});
