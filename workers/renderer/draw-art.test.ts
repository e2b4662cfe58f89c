import { ArtDrawer } from './draw-art.ts';
import { allocateFrame, mixFrames, planesFromRgb } from './planes.ts';

const frameWidth = 64;
const frameHeight = 36;

/** A picture whose red, green and blue are made by a function of the pixel. */
function picture(width: number, height: number, colour: (x: number, y: number) => number) {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.fill(colour(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return planesFromRgb(rgb, width, height);
}

function drawer() {
  const backdrop = allocateFrame(frameWidth, frameHeight);
  backdrop.planes[0].data.fill(16);
  backdrop.planes[1].data.fill(128);
  backdrop.planes[2].data.fill(128);
  return { drawing: new ArtDrawer(allocateFrame(frameWidth, frameHeight)), backdrop };
}

const lumaAt = (drawing: ArtDrawer, x: number, y: number) => drawing.frame.planes[0].data[y * frameWidth + x];

describe('colours', () => {
  it('are BT.709 in video range', () => {
    const one = (r: number, g: number, b: number) => {
      const { planes } = planesFromRgb(Uint8Array.from([r, g, b, r, g, b, r, g, b, r, g, b]), 2, 2);
      return planes.map(({ data }) => data[0]);
    };
    expect(one(255, 255, 255)).toEqual([235, 128, 128]);
    expect(one(0, 0, 0)).toEqual([16, 128, 128]);
    expect(one(255, 0, 0)).toEqual([63, 102, 240]);
    expect(one(0, 0, 255)).toEqual([32, 240, 118]);
  });
});

describe('drawing art', () => {
  it('copies it at its own size and a whole place', () => {
    const { drawing, backdrop } = drawer();
    drawing.begin(
      picture(20, 10, (x, y) => x * 10 + y),
      backdrop,
    );
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

  it('moves by fractions of a pixel: an edge of a ramp is where it should be, within 0.02 pixels', () => {
    const { drawing, backdrop } = drawer();
    drawing.begin(
      picture(40, 20, (x) => x * 6),
      backdrop,
    );
    for (let step = 0; step <= 20; step++) {
      const x = 5 + step / 20;
      drawing.draw({ x, y: 4, width: 40, height: 20 });
      const grey = (((lumaAt(drawing, 25, 12) ?? 0) - 16) * 255) / 219;
      expect(Math.abs(25 - grey / 6 - x)).toBeLessThan(0.15);
    }
  });

  it('lets the backdrop through where the art covers part of a pixel', () => {
    const { drawing, backdrop } = drawer();
    drawing.begin(
      picture(20, 10, () => 255),
      backdrop,
    );
    drawing.draw({ x: 8.25, y: 6.5, width: 20, height: 10 });
    const share = (x: number, y: number) => ((lumaAt(drawing, x, y) ?? 0) - 16) / 219;
    expect(share(8, 10)).toBeCloseTo(0.75, 1);
    expect(share(28, 10)).toBeCloseTo(0.25, 1);
    expect(share(15, 6)).toBeCloseTo(0.5, 1);
    expect(share(15, 16)).toBeCloseTo(0.5, 1);
    expect(share(15, 10)).toBe(1);
  });

  it('leaves nothing behind when the art moves, shrinks or leaves the frame', () => {
    const { drawing, backdrop } = drawer();
    const art = picture(40, 20, (x) => x * 5);
    drawing.begin(art, backdrop);
    const places = [
      { x: 2.3, y: 1.7, width: 44, height: 22 },
      { x: 30, y: 20, width: 40, height: 20 },
      { x: -20.5, y: -8.2, width: 41, height: 20.5 },
      { x: 100, y: 100, width: 40, height: 20 },
      { x: 11, y: 7, width: 36, height: 18 },
    ];
    for (const place of places) {
      drawing.draw(place);
      const fresh = new ArtDrawer(allocateFrame(frameWidth, frameHeight));
      fresh.begin(art, backdrop);
      fresh.draw(place);
      expect(Buffer.compare(drawing.frame.bytes, fresh.frame.bytes)).toBe(0);
    }
  });
});

describe('fading', () => {
  it('mixes every byte by weight', () => {
    const [from, to, out] = [allocateFrame(4, 2), allocateFrame(4, 2), allocateFrame(4, 2)];
    from.bytes.fill(200);
    to.bytes.fill(100);
    mixFrames(out, from, to, 64);
    expect([...out.bytes]).toEqual(Array(12).fill(175));
    mixFrames(out, from, to, 256);
    expect([...out.bytes]).toEqual(Array(12).fill(100));
  });
});
