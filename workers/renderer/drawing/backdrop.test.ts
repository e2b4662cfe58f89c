import { frameSizes, type PlacedShot } from '../shots/shot.ts';
import { makeBackdrop } from './backdrop.ts';
import { DrawingMemory } from './drawing-memory.ts';
import { allocatePicture } from './planes.ts';

const everywhere = { x: 0, y: 0, width: 100, height: 100 };
const shot = { from: everywhere, to: everywhere } as PlacedShot;

/** Makes the backdrop of a grey picture; returns the darkest and brightest values of each of its planes. */
function rangesOf(width: number, height: number, format: keyof typeof frameSizes): [number, number][] {
  const memory = new DrawingMemory();
  const art = allocatePicture(width, height, memory.allocateForShot);
  for (const [index, { data }] of art.planes.entries()) data.fill(index === 0 ? 160 : 128);
  const { planes } = makeBackdrop(art, shot, frameSizes[format], memory);
  return planes.map(({ data }) => [Math.min(...data), Math.max(...data)]);
}

// Sixty times a sixtieth of 485 is more than 485 in floating point: the first row or column began before the picture.
test.each([
  ['9:16', 1366, 970],
  ['9:16', 1366, 485],
  ['16:9', 970, 550],
] as const)(
  'in %s the backdrop of grey art of %d × %d pixels is grey everywhere',
  (format, width, height) => {
    const [luma, ...chroma] = rangesOf(width, height, format);
    expect(luma?.[0]).toBeGreaterThan(40);
    expect(chroma).toEqual([
      [128, 128],
      [128, 128],
    ]);
  },
);
