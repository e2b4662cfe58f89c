import { join } from 'node:path';
import sharp from 'sharp';
import { faultyDays, limit } from './testing/faulty-days.ts';

/** The steps that use a voice and a language model, with failing stand-ins. */
const day = faultyDays([], ['edge', 'llm'], { settings: { readingDirection: 'rtl' } });
const pageOf = (number: number) =>
  sharp(join(import.meta.dirname, `../../samples/ke-trom-o/00${number}.png`))
    .jpeg()
    .toBuffer();

test(
  'tts-403: the request to the voice is retried',
  async () => {
    await day.pipeline.chaos('tts-403');
    await day.expectPublished(await day.begin(await pageOf(1)));
    expect(day.pipeline.struck()).toBe(2);
  },
  limit,
);

test(
  'llm-garbage: an invalid narration is corrected',
  async () => {
    await day.pipeline.chaos('llm-garbage');
    await day.expectPublished(await day.begin(await pageOf(2)));
    expect(day.pipeline.struck()).toBe(1);
    expect(day.pipeline.failures()).toEqual([]);
  },
  limit,
);
