import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { PlacedShot, ShotPart } from '../shots/shot.ts';
import { drawPiece } from './draw-piece.ts';
import { DrawingMemory } from './drawing-memory.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draw-piece-'));
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  await sharp({ create: { width: 400, height: 300, channels: 3, background: '#888', noise } })
    .png()
    .toFile(join(folder, '1.png'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const box = { x: 0, y: 0, w: 400, h: 300 };
const shot = (frames: number, fade: number, x: number): PlacedShot => ({
  ...{ page: 1, card: undefined, art: box, behind: box, frames, easing: 'smooth' },
  from: { x, y: 60, width: 1200, height: 900 },
  to: { x: x + 200, y: 100, width: 1240, height: 930 },
  transition: fade > 0 ? { kind: 'cross-fade', frames: fade } : { kind: 'cut' },
});
const part = (of: PlacedShot, first = 0, end = of.frames): ShotPart => ({ ...of, first, end });

/** A hash of each frame. */
async function drawn(shots: ShotPart[], before?: ShotPart): Promise<string[]> {
  const frames: string[] = [];
  const piece = { format: '16:9' as const, shots, before, pageFiles: { 1: join(folder, '1.png') } };
  for await (const frame of drawPiece(piece, new DrawingMemory()))
    frames.push(createHash('sha256').update(frame).digest('hex'));
  return frames;
}

test('draws the same frames in one piece and in several, cut within a shot and in a fade', async () => {
  const [a, b] = [shot(6, 0, 300), shot(8, 3, 0)];
  const whole = await drawn([part(a), part(b)]);
  expect(new Set(whole).size).toBe(14);
  const pieces = [
    await drawn([part(a, 0, 4)]),
    await drawn([part(a, 4)]),
    await drawn([part(b, 0, 5)], part(a, 4)),
    await drawn([part(b, 5)]),
  ];
  expect(pieces.flat()).toEqual(whole);
});
