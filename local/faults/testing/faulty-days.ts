import { eventually } from 'local-aws/testing';
import sharp from 'sharp';
import { type LightPipeline, startLightEnvironment } from '../../testing/light-pipeline.ts';

/** Time limit of one day in milliseconds. */
export const limit = 300_000;

/**
 * Starts one environment for all tests of a file, which play one day each, and disarms every fault after each of them. The
 * parameters are those of startLightEnvironment.
 */
export function faultyDays(...parts: Parameters<typeof startLightEnvironment>) {
  let pipeline: LightPipeline;
  let page: Buffer;
  let chapters = 0;
  beforeAll(async () => {
    page = await sharp({ create: { width: 800, height: 1200, channels: 3, background: '#ddd' } })
      .jpeg()
      .toBuffer();
    pipeline = await startLightEnvironment(...parts);
  }, 120_000);
  beforeEach(() => pipeline.forget());
  afterEach(() => pipeline.chaos(undefined, { clear: true }));
  afterAll(() => pipeline?.close());

  return {
    get pipeline() {
      return pipeline;
    },

    /** Starts an execution with a new chapter of one page, an even one by default, and returns its ARN. */
    begin: (image = page) => pipeline.begin(`chapter-${++chapters}`, image),

    /** Waits until the flow misses the machine. */
    interrupted: () =>
      eventually('the machine to be missed', () => pipeline.failures().includes('SpotInterrupted'), 120_000),

    /** Checks that the day succeeded and published its chapter once. */
    async expectPublished(executionArn: string): Promise<void> {
      expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await pipeline.jobs()).toEqual([expect.objectContaining({ status: 'published' })]);
      expect(pipeline.finished('uploader')).toBe(1);
    },
  };
}
