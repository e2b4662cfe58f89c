import { join } from 'node:path';
import sharp from 'sharp';
import { type FaultWorld, startFaultWorld } from '../testing/fault-world.ts';

/** The steps that use a voice and a language model, with failing stand-ins. */
let world: FaultWorld;
const pageOf = (number: number) =>
  sharp(join(import.meta.dirname, `../../samples/ke-trom-o/00${number}.png`))
    .jpeg()
    .toBuffer();
const limit = 300_000;

beforeAll(async () => {
  world = await startFaultWorld([], ['edge', 'llm']);
}, 120_000);
beforeEach(() => world.forget());
afterAll(() => world?.close());

async function expectPublished(executionArn: string): Promise<void> {
  expect(await world.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await world.jobs()).toEqual([expect.objectContaining({ status: 'published' })]);
}

test(
  'tts-403: the request to the voice is retried',
  async () => {
    await world.chaos('tts-403');
    await expectPublished(await world.begin('refused', await pageOf(1)));
    expect(world.struck()).toBe(2);
  },
  limit,
);

test(
  'llm-garbage: an invalid narration is corrected',
  async () => {
    await world.chaos('llm-garbage');
    await expectPublished(await world.begin('garbled', await pageOf(2)));
    expect(world.struck()).toBe(1);
    expect(world.failures()).toEqual([]);
  },
  limit,
);
