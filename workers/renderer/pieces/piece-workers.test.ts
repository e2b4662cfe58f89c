import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import type { ShotPart } from '../shots/shot.ts';
import type { PieceOrder } from './piece-maker.ts';
import { type Chore, PieceWorkers } from './piece-workers.ts';

let folder: string;
let ffmpeg: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piece-workers-'));
  ffmpeg = await findFfmpeg(undefined);
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  await sharp({ create: { width: 400, height: 300, channels: 3, background: '#888', noise } })
    .png()
    .toFile(join(folder, '1.png'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const box = { x: 0, y: 0, w: 400, h: 300 };
/** A piece of page 1, which exists, or of another one. */
function piece(name: string, frames: number, page = 1): { order: PieceOrder } {
  const shot: ShotPart = {
    ...{ page, card: undefined, art: box, behind: box, frames, first: 0, end: frames },
    ...{ easing: 'smooth', transition: { kind: 'cut' } },
    from: { x: 300, y: 60, width: 1200, height: 900 },
    to: { x: 500, y: 100, width: 1240, height: 930 },
  };
  const output = join(folder, `${name}.mp4`);
  const pageFiles = { [page]: join(folder, `${page}.png`) };
  return {
    order: {
      format: '16:9',
      shots: [shot],
      before: undefined,
      frames,
      pageFiles,
      ffmpeg,
      output,
      burnt: undefined,
    },
  };
}

/** Encodes with a number of cores. Returns the finished outputs and the number of frames. */
async function encode(
  cores: number,
  works: readonly ({ order: PieceOrder } | Chore)[],
  signal = new AbortController().signal,
) {
  const workers = new PieceWorkers(cores);
  const outputs: string[] = [];
  let frames = 0;
  const onFrames = (more: number) => {
    frames += more;
  };
  try {
    await workers.encode(works, async ({ order }) => void outputs.push(order.output), { signal, onFrames });
  } finally {
    await workers.close();
  }
  return { outputs, frames };
}

test('makes the same piece in the thread of its caller and in another one', async () => {
  const works = [piece('one', 40), piece('other', 40)];
  const { outputs, frames } = await encode(2, works);
  expect(frames).toBe(80);
  const [one, other] = await Promise.all(outputs.map((file) => readFile(file)));
  expect(outputs).toHaveLength(2);
  expect(one?.equals(other ?? Buffer.of())).toBe(true);
});

test('makes all pieces with one core', async () => {
  const { outputs, frames } = await encode(1, [piece('a', 5), piece('b', 7)]);
  expect(outputs.map((file) => existsSync(file))).toEqual([true, true]);
  expect(frames).toBe(12);
});

/** Keeps the first core, which is the caller's thread, until the end. */
const busy: Chore = {
  make: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
};

test.each([
  ['in the thread of its caller', 1, []],
  ['in another one', 2, [busy]],
])('names a page that can not be drawn %s, and makes no other piece', async (_, cores, before) => {
  const [bad, next] = [piece('bad', 5, 9), piece(`next-${cores}`, 5)];
  await expect(encode(cores, [...before, bad, next])).rejects.toMatchObject({
    name: 'RenderError',
    message: expect.stringContaining("A piece can't be encoded: Page 9 can't be drawn"),
  });
  expect(existsSync(next.order.output)).toBe(false);
});

test.each([
  ['in the thread of its caller', 1, []],
  ['in another one', 2, [busy]],
])('an abort stops a piece %s, with its reason', async (_, cores, before) => {
  const stop = new AbortController();
  const { order } = piece(`aborted-${cores}`, 100_000);
  setTimeout(() => stop.abort(new Error('the machine is taken back')), 300);
  await expect(encode(cores, [...before, { order }], stop.signal)).rejects.toThrow(
    'the machine is taken back',
  );
});
