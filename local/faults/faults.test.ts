import { eventually } from 'local-aws/testing';
import sharp from 'sharp';
import { type LightPipeline, startLightEnvironment } from '../testing/light-pipeline.ts';
import { faultNames } from './catalogue.ts';

/** Plays each fault during a whole day of the pipeline and checks how the day ends. */
let pipeline: LightPipeline;
let page: Buffer;
let chapters = 0;
const begin = () => pipeline.begin(`chapter-${++chapters}`, page);
const limit = 300_000;

beforeAll(async () => {
  page = await sharp({ create: { width: 800, height: 1200, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  pipeline = await startLightEnvironment(['scriptgen', 'ttsgen'], ['youtube']);
}, 120_000);
beforeEach(() => pipeline.forget());
afterEach(() => pipeline.chaos(undefined, { clear: true }));
afterAll(() => pipeline?.close());

/** Checks that the day succeeded and published its chapter once. */
async function expectPublished(executionArn: string): Promise<void> {
  expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await pipeline.jobs()).toEqual([expect.objectContaining({ status: 'published' })]);
  expect(pipeline.finished('uploader')).toBe(1);
}

test.each([
  ['failing-function', 'nowhere', /^TARGET is nowhere; it can be part of manga-pipeline-check-quota, /],
  ['throttled-table', 'ttsgen', /^TARGET is ttsgen; it can be part of manga-pipeline-jobs, /],
  ['slow-s3', 'bucket', /^slow-s3 has no target; leave TARGET out$/],
] as const)('%s rejects the target %s, which it would never strike', async (fault, target, message) => {
  await expect(pipeline.chaos(fault, { target })).rejects.toThrow(message);
});

const interrupted = () =>
  eventually('the machine to be missed', () => pipeline.failures().includes('SpotInterrupted'), 120_000);

test(
  'without a fault: a chapter is published',
  async () => {
    await expectPublished(await begin());
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);

test(
  'spot-notice: the worker stops, and a new machine continues',
  async () => {
    const executionArn = await pipeline.whileRendering(begin, async () => {
      await pipeline.chaos('spot-notice');
      // A worker checks every five seconds.
      await pipeline.jump('10s');
      await interrupted();
    });
    await expectPublished(executionArn);
  },
  limit,
);

test(
  'machine-killed: a new machine continues without waiting for a missed heartbeat',
  async () => {
    const executionArn = await pipeline.whileRendering(begin, async () => {
      await pipeline.chaos('machine-killed');
      await interrupted();
    });
    await expectPublished(executionArn);
  },
  limit,
);

test(
  'heartbeat-lost: the silent machine is ended, and a new one continues',
  async () => {
    const executionArn = await pipeline.whileRendering(begin, async () => {
      await pipeline.chaos('heartbeat-lost');
      await pipeline.jump('6m');
      const isMissed = () =>
        pipeline.entries.some(({ type, data }) => type === 'execution' && data.event.type === 'TaskTimedOut');
      await eventually('the heartbeat to be missed', isMissed, 120_000);
      await pipeline.chaos(undefined, { clear: true });
    });
    await expectPublished(executionArn);
    const ended = pipeline.cloud.instances().map(({ stateReason }) => stateReason?.code);
    expect(ended).toContain('Client.UserInitiatedShutdown');
  },
  limit,
);

test(
  'throttled-table: throttled requests are retried, and nothing counts twice',
  async () => {
    const count = async () => {
      const checked = await pipeline.cloud.control.run('invoke', { function: 'check-quota' });
      return (checked as { result: { daily_count: number } }).result.daily_count;
    };
    const before = await count();
    await pipeline.chaos('throttled-table', { times: 12 });
    await expectPublished(await begin());
    expect(pipeline.struck()).toBe(12);
    expect(await count()).toBe(before + 1);
  },
  limit,
);

test(
  'failing-function: two failures are retried',
  async () => {
    await pipeline.chaos('failing-function', { target: 'ttsgen', times: 2 });
    await expectPublished(await begin());
    expect(pipeline.failures()).toEqual(['Error', 'Error']);
  },
  limit,
);

test(
  'failing-function: three failures are recorded, the day continues, and the chapter is published another day',
  async () => {
    await pipeline.chaos('failing-function', { target: 'ttsgen', times: 3 });
    expect(await pipeline.end(await begin())).toMatchObject({ status: 'SUCCEEDED' });
    const failed = { status: 'failed', error_message: expect.stringContaining('failing-function') };
    expect(await pipeline.jobs()).toEqual([expect.objectContaining(failed)]);
    pipeline.forget();
    await pipeline.jump('1d');
    await expectPublished(await pipeline.start());
  },
  limit,
);

test(
  'slow-s3: everything takes longer and succeeds',
  async () => {
    await pipeline.chaos('slow-s3', { times: 6 });
    await expectPublished(await begin());
    expect(pipeline.struck()).toBe(6);
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);

test(
  'upload-cut: the uploader continues from the received bytes, and there is one video',
  async () => {
    await pipeline.chaos('upload-cut');
    await expectPublished(await begin());
    expect(pipeline.struck()).toBe(1);
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);

test(
  'quota-exhausted: the day ends without a failure, and the chapter is published another day',
  async () => {
    await pipeline.chaos('quota-exhausted');
    expect(await pipeline.end(await begin())).toMatchObject({ status: 'SUCCEEDED' });
    expect(pipeline.failures()).toEqual(['YouTubeQuotaError']);
    await pipeline.idle();
    pipeline.forget();
    await pipeline.jump('1d');
    await expectPublished(await pipeline.start());
  },
  limit,
);

test(
  'rejects invalid requests with one line',
  async () => {
    await pipeline.idle();
    await expect(pipeline.chaos('rain')).rejects.toThrow(`FAULT must be one of ${faultNames.join(', ')}`);
    await expect(pipeline.chaos('machine-killed')).rejects.toThrow(
      'No machine is running; start an execution first',
    );
    await expect(pipeline.chaos('tts-403')).rejects.toThrow(/^tts-403 needs a stand-in .* STAND_INS=edge$/);
    const { faults, armed } = await pipeline.chaos();
    expect(faults.map(({ name }) => name)).toEqual(faultNames);
    expect(armed).toEqual([]);
  },
  limit,
);
