import { faultNames } from './catalogue.ts';
import { faultyDays, limit } from './testing/faulty-days.ts';

/** Plays faults during a whole day of the pipeline and checks how the day ends; faults.long.ts plays the others. */
const day = faultyDays(['scriptgen', 'ttsgen'], ['youtube']);

test.each([
  ['failing-function', 'nowhere', /^TARGET is nowhere; it can be part of manga-pipeline-check-quota, /],
  ['throttled-table', 'ttsgen', /^TARGET is ttsgen; it can be part of manga-pipeline-jobs, /],
  ['slow-s3', 'bucket', /^slow-s3 has no target; leave TARGET out$/],
] as const)('%s rejects the target %s, which it would never strike', async (fault, target, message) => {
  await expect(day.pipeline.chaos(fault, { target })).rejects.toThrow(message);
});

test(
  'without a fault: a chapter is published',
  async () => {
    await day.expectPublished(await day.begin());
    expect(day.pipeline.failures()).toEqual([]);
  },
  limit,
);

test(
  'spot-notice: the worker stops, and a new machine continues',
  async () => {
    const executionArn = await day.pipeline.whileRendering(
      () => day.begin(),
      async () => {
        await day.pipeline.chaos('spot-notice');
        // A worker checks every five seconds.
        await day.pipeline.jump('10s');
        await day.interrupted();
      },
    );
    await day.expectPublished(executionArn);
  },
  limit,
);

test(
  'throttled-table: throttled requests are retried, and nothing counts twice',
  async () => {
    const count = async () => {
      const checked = await day.pipeline.cloud.control.run('invoke', { function: 'check-quota' });
      return (checked as { result: { daily_count: number } }).result.daily_count;
    };
    const before = await count();
    await day.pipeline.chaos('throttled-table', { times: 12 });
    await day.expectPublished(await day.begin());
    expect(day.pipeline.struck()).toBe(12);
    expect(await count()).toBe(before + 1);
  },
  limit,
);

test(
  'failing-function: three failures are recorded, the day continues, and the chapter is published another day',
  async () => {
    await day.pipeline.chaos('failing-function', { target: 'ttsgen', times: 3 });
    expect(await day.pipeline.end(await day.begin())).toMatchObject({ status: 'SUCCEEDED' });
    const failed = { status: 'failed', error_message: expect.stringContaining('failing-function') };
    expect(await day.pipeline.jobs()).toEqual([expect.objectContaining(failed)]);
    day.pipeline.forget();
    await day.pipeline.jump('1d');
    await day.expectPublished(await day.pipeline.start());
  },
  limit,
);

test(
  'quota-exhausted: the day ends without a failure, and the chapter is published another day',
  async () => {
    await day.pipeline.chaos('quota-exhausted');
    expect(await day.pipeline.end(await day.begin())).toMatchObject({ status: 'SUCCEEDED' });
    expect(day.pipeline.failures()).toEqual(['YouTubeQuotaError']);
    await day.pipeline.idle();
    day.pipeline.forget();
    await day.pipeline.jump('1d');
    await day.expectPublished(await day.pipeline.start());
  },
  limit,
);

test(
  'rejects invalid requests with one line',
  async () => {
    await day.pipeline.idle();
    await expect(day.pipeline.chaos('rain')).rejects.toThrow(`FAULT must be one of ${faultNames.join(', ')}`);
    await expect(day.pipeline.chaos('machine-killed')).rejects.toThrow(
      'No machine is running; start an execution first',
    );
    await expect(day.pipeline.chaos('tts-403')).rejects.toThrow(
      /^tts-403 needs a stand-in .* STAND_INS=edge$/,
    );
    const { faults, armed } = await day.pipeline.chaos();
    expect(faults.map(({ name }) => name)).toEqual(faultNames);
    expect(armed).toEqual([]);
  },
  limit,
);
