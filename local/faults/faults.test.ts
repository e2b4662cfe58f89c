import sharp from 'sharp';
import { eventually } from '../services/testing/cloud-under-test.ts';
import { type FaultWorld, startFaultWorld } from '../testing/fault-world.ts';
import { faultNames } from './catalogue.ts';

/** Plays each fault during a whole day of the pipeline and checks how the day ends. */
let world: FaultWorld;
let page: Buffer;
let chapters = 0;
const begin = () => world.begin(`chapter-${++chapters}`, page);
const limit = 300_000;

beforeAll(async () => {
  page = await sharp({ create: { width: 800, height: 1200, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  world = await startFaultWorld(['scriptgen', 'ttsgen'], ['youtube']);
}, 120_000);
beforeEach(() => world.forget());
afterEach(() => world.chaos(undefined, { clear: true }));
afterAll(() => world?.close());

/** Checks that the day succeeded and published its chapter once. */
async function expectPublished(executionArn: string): Promise<void> {
  expect(await world.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await world.jobs()).toEqual([expect.objectContaining({ status: 'published' })]);
  expect(world.finished('uploader')).toBe(1);
}

test.each([
  ['failing-function', 'nowhere', /^TARGET is nowhere; it can be part of manga-pipeline-check-quota, /],
  ['throttled-table', 'ttsgen', /^TARGET is ttsgen; it can be part of manga-pipeline-jobs, /],
  ['slow-s3', 'bucket', /^slow-s3 has no target; leave TARGET out$/],
] as const)('%s rejects the target %s, which it would never strike', async (fault, target, message) => {
  await expect(world.chaos(fault, { target })).rejects.toThrow(message);
});

const interrupted = () =>
  eventually('the machine to be missed', () => world.failures().includes('SpotInterrupted'), 120_000);

test(
  'without a fault: a chapter is published',
  async () => {
    await expectPublished(await begin());
    expect(world.failures()).toEqual([]);
  },
  limit,
);

test(
  'spot-notice: the worker stops, and a new machine continues',
  async () => {
    const executionArn = await world.whileRendering(begin, async () => {
      await world.chaos('spot-notice');
      // A worker checks every five seconds.
      await world.jump('10s');
      await interrupted();
    });
    await expectPublished(executionArn);
  },
  limit,
);

test(
  'machine-killed: a new machine continues without waiting for a missed heartbeat',
  async () => {
    const executionArn = await world.whileRendering(begin, async () => {
      await world.chaos('machine-killed');
      await interrupted();
    });
    await expectPublished(executionArn);
  },
  limit,
);

test(
  'heartbeat-lost: the silent machine is ended, and a new one continues',
  async () => {
    const executionArn = await world.whileRendering(begin, async () => {
      await world.chaos('heartbeat-lost');
      await world.jump('6m');
      const isMissed = () =>
        world.entries.some(({ type, data }) => type === 'execution' && data.event.type === 'TaskTimedOut');
      await eventually('the heartbeat to be missed', isMissed, 120_000);
      await world.chaos(undefined, { clear: true });
    });
    await expectPublished(executionArn);
    const ended = world.cloud.instances().map(({ stateReason }) => stateReason?.code);
    expect(ended).toContain('Client.UserInitiatedShutdown');
  },
  limit,
);

test(
  'throttled-table: throttled requests are retried, and nothing counts twice',
  async () => {
    const count = async () => {
      const checked = await world.cloud.control.run('invoke', { function: 'check-quota' });
      return (checked as { result: { daily_count: number } }).result.daily_count;
    };
    const before = await count();
    await world.chaos('throttled-table', { times: 12 });
    await expectPublished(await begin());
    expect(world.struck()).toBe(12);
    expect(await count()).toBe(before + 1);
  },
  limit,
);

test(
  'failing-function: two failures are retried',
  async () => {
    await world.chaos('failing-function', { target: 'ttsgen', times: 2 });
    await expectPublished(await begin());
    expect(world.failures()).toEqual(['Error', 'Error']);
  },
  limit,
);

test(
  'failing-function: three failures are recorded, the day continues, and the chapter is published another day',
  async () => {
    await world.chaos('failing-function', { target: 'ttsgen', times: 3 });
    expect(await world.end(await begin())).toMatchObject({ status: 'SUCCEEDED' });
    const failed = { status: 'failed', error_message: expect.stringContaining('failing-function') };
    expect(await world.jobs()).toEqual([expect.objectContaining(failed)]);
    world.forget();
    await world.jump('1d');
    await expectPublished(await world.start());
  },
  limit,
);

test(
  'slow-s3: everything takes longer and succeeds',
  async () => {
    await world.chaos('slow-s3', { times: 6 });
    await expectPublished(await begin());
    expect(world.struck()).toBe(6);
    expect(world.failures()).toEqual([]);
  },
  limit,
);

test(
  'upload-cut: the uploader continues from the received bytes, and there is one video',
  async () => {
    await world.chaos('upload-cut');
    await expectPublished(await begin());
    expect(world.struck()).toBe(1);
    expect(world.failures()).toEqual([]);
  },
  limit,
);

test(
  'quota-exhausted: the day ends without a failure, and the chapter is published another day',
  async () => {
    await world.chaos('quota-exhausted');
    expect(await world.end(await begin())).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.failures()).toEqual(['YouTubeQuotaError']);
    await world.idle();
    world.forget();
    await world.jump('1d');
    await expectPublished(await world.start());
  },
  limit,
);

test(
  'rejects invalid requests with one line',
  async () => {
    await world.idle();
    await expect(world.chaos('rain')).rejects.toThrow(`FAULT must be one of ${faultNames.join(', ')}`);
    await expect(world.chaos('machine-killed')).rejects.toThrow(
      'No machine runs now; start an execution first',
    );
    await expect(world.chaos('tts-403')).rejects.toThrow(/^tts-403 needs a stand-in .* STAND_INS=edge$/);
    const { faults, armed } = await world.chaos();
    expect(faults.map(({ name }) => name)).toEqual(faultNames);
    expect(armed).toEqual([]);
  },
  limit,
);
