import { join } from 'node:path';
import sharp from 'sharp';
import { type LightPipeline, startLightEnvironment } from '../testing/light-pipeline.ts';

/** The steps that use a voice and a language model, with failing stand-ins. */
let pipeline: LightPipeline;
const pageOf = (number: number) =>
  sharp(join(import.meta.dirname, `../../samples/ke-trom-o/00${number}.png`))
    .jpeg()
    .toBuffer();
const limit = 300_000;

beforeAll(async () => {
  pipeline = await startLightEnvironment([], ['edge', 'llm']);
}, 120_000);
beforeEach(() => pipeline.forget());
afterAll(() => pipeline?.close());

async function expectPublished(executionArn: string): Promise<void> {
  expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await pipeline.jobs()).toEqual([expect.objectContaining({ status: 'published' })]);
}

test(
  'tts-403: the request to the voice is retried',
  async () => {
    await pipeline.chaos('tts-403');
    await expectPublished(await pipeline.begin('refused', await pageOf(1)));
    expect(pipeline.struck()).toBe(2);
  },
  limit,
);

test(
  'llm-garbage: an invalid narration is corrected',
  async () => {
    await pipeline.chaos('llm-garbage');
    await expectPublished(await pipeline.begin('garbled', await pageOf(2)));
    expect(pipeline.struck()).toBe(1);
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);
