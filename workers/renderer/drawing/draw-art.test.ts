import { ArtDrawer } from './draw-art.ts';
import { DrawingMemory } from './drawing-memory.ts';
import { type Allocate, allocateFrame, planesFromRgb } from './planes.ts';
import { RowSampler } from './row-sampler.ts';
import { aimAxis, allocateAxis, lumaSiting } from './sample-axis.ts';

const frameWidth = 64;
const frameHeight = 36;

type Colour = (x: number, y: number) => number;

/** A picture whose red, green and blue are functions of the position. */
function picture(width: number, height: number, colour: Colour, allocate?: Allocate) {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.fill(colour(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return planesFromRgb(rgb, { width, height }, allocate);
}

/** A drawer at the start of a shot of that art, over a black backdrop. */
function drawerOf(width: number, height: number, colour: Colour) {
  const memory = new DrawingMemory();
  const drawing = new ArtDrawer(memory, frameWidth, frameHeight);
  const backdrop = allocateFrame(frameWidth, frameHeight, memory.allocateForShot);
  backdrop.planes[0].data.fill(16);
  backdrop.planes[1].data.fill(128);
  backdrop.planes[2].data.fill(128);
  drawing.begin(picture(width, height, colour, memory.allocateForShot), backdrop);
  return drawing;
}

const lumaAt = (drawing: ArtDrawer, x: number, y: number) => drawing.frame.planes[0].data[y * frameWidth + x];

describe('colours', () => {
  test('are BT.709 in video range', () => {
    const one = (r: number, g: number, b: number) => {
      const { planes } = planesFromRgb(Uint8Array.from([r, g, b, r, g, b, r, g, b, r, g, b]), {
        width: 2,
        height: 2,
      });
      return planes.map(({ data }) => data[0]);
    };
    expect(one(255, 255, 255)).toEqual([235, 128, 128]);
    expect(one(0, 0, 0)).toEqual([16, 128, 128]);
    expect(one(255, 0, 0)).toEqual([63, 102, 240]);
    expect(one(0, 0, 255)).toEqual([32, 240, 118]);
  });
});

describe('drawing art', () => {
  test('copies it at its own size and a whole position', () => {
    const drawing = drawerOf(20, 10, (x, y) => x * 10 + y);
    drawing.draw({ x: 8, y: 6, width: 20, height: 10 });
    const expected = picture(20, 10, (x, y) => x * 10 + y).planes[0];
    for (const [x, y] of [
      [0, 0],
      [19, 9],
      [7, 3],
    ] as const) {
      expect(lumaAt(drawing, 8 + x, 6 + y)).toBe(expected.data[y * expected.stride + x]);
    }
    expect(lumaAt(drawing, 7, 6)).toBe(16);
    expect(lumaAt(drawing, 28, 6)).toBe(16);
  });

  test('moves by fractions of a pixel: the edge of a ramp is within 0.02 pixels of its position', () => {
    const drawing = drawerOf(40, 20, (x) => x * 6);
    for (let step = 0; step <= 20; step++) {
      const x = 5 + step / 20;
      drawing.draw({ x, y: 4, width: 40, height: 20 });
      const grey = (((lumaAt(drawing, 25, 12) ?? 0) - 16) * 255) / 219;
      expect(Math.abs(25 - grey / 6 - x)).toBeLessThan(0.15);
    }
  });

  test('shows the backdrop where the art covers part of a pixel', () => {
    const drawing = drawerOf(20, 10, () => 255);
    drawing.draw({ x: 8.25, y: 6.5, width: 20, height: 10 });
    const share = (x: number, y: number) => ((lumaAt(drawing, x, y) ?? 0) - 16) / 219;
    expect(share(8, 10)).toBeCloseTo(0.75, 1);
    expect(share(28, 10)).toBeCloseTo(0.25, 1);
    expect(share(15, 6)).toBeCloseTo(0.5, 1);
    expect(share(15, 16)).toBeCloseTo(0.5, 1);
    expect(share(15, 10)).toBe(1);
  });

  test('restores the backdrop when the art moves, shrinks or leaves the frame', () => {
    const begun = () => drawerOf(40, 20, (x) => x * 5);
    const drawing = begun();
    const places = [
      { x: 2.3, y: 1.7, width: 44, height: 22 },
      { x: 30, y: 20, width: 40, height: 20 },
      { x: -20.5, y: -8.2, width: 41, height: 20.5 },
      { x: 100, y: 100, width: 40, height: 20 },
      { x: 11, y: 7, width: 36, height: 18 },
    ];
    for (const place of places) {
      drawing.draw(place);
      const fresh = begun();
      fresh.draw(place);
      expect(Buffer.compare(drawing.frame.bytes, fresh.frame.bytes)).toBe(0);
    }
  });
});

describe('fading', () => {
  test('mixes every byte by weight', () => {
    const memory = new DrawingMemory();
    const [from, to, out] = [memory.allocate(48), memory.allocate(48), memory.allocate(48)];
    from.fill(200);
    to.fill(100);
    memory.blend(out, from, to, 64);
    expect([...out]).toEqual(Array(48).fill(175));
    memory.blend(out, from, to, 256);
    expect([...out]).toEqual(Array(48).fill(100));
  });

  test('rejects art that is larger than its memory, and art outside of it', () => {
    const memory = new DrawingMemory();
    expect(() => memory.allocateForShot(100_000_000)).toThrow('larger than');
    const drawing = new ArtDrawer(memory, frameWidth, frameHeight);
    const elsewhere = picture(20, 10, () => 255);
    expect(() => drawing.begin(elsewhere, elsewhere)).toThrow('outside of their memory');
  });
});

describe('sampling eight pixels at a time', () => {
  test('gives the same bytes as one at a time', () => {
    const memory = new DrawingMemory();
    const out = allocateFrame(frameWidth, 2, memory.allocate).planes[0];
    const rows = new RowSampler(memory, frameWidth);
    const art = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3) * 31) & 255);
    const placed = memory.allocateForShot(art.length);
    placed.set(art);
    const start = memory.addressOf(placed);
    const places = [
      [0, 64],
      [3.37, 50.1],
      [-40.8, 90],
      [20, 11.4],
      [58.5, 30],
      [60, 2.5],
    ] as const;
    for (const [from, length] of places) {
      const axis = allocateAxis(frameWidth);
      aimAxis(axis, lumaSiting, from, length, Math.round(length * 1.06));
      out.data.fill(77);
      rows.aim(axis);
      rows.sample(out, 1, start + 100, start + 300, 90);
      const expected = new Uint8Array(frameWidth).fill(77);
      const mixed = (a: number, b: number, weight: number) => (a * (256 - weight) + b * weight + 128) >> 8;
      const column = (x: number) => mixed(art[100 + x] as number, art[300 + x] as number, 90);
      for (let x = axis.first; x < axis.end; x++) {
        const position = axis.position[x] as number;
        expected[x] = mixed(column(position >> 8), column((position >> 8) + 1), position & 255);
      }
      expect([...out.data.subarray(frameWidth)]).toEqual([...expected]);
      expect(out.data.subarray(0, frameWidth).every((value) => value === 77)).toBe(true);
    }
  });
});
