import { ArtDrawer } from '../drawing/draw-art.ts';
import { DrawingMemory } from '../drawing/drawing-memory.ts';
import { allocateFrame, planesFromRgb } from '../drawing/planes.ts';
import { type PlacedShot, type Placement, placementAt } from './shot.ts';

const frame = { width: 256, height: 144 };
/** Points where movement is measured: away from the edge, on both sides of the middle. */
const windows = [
  { x: 70, y: 50 },
  { x: 128, y: 72 },
  { x: 190, y: 96 },
];
const reach = 24;
/** Limit of jitter, in pixels. */
const target = 0.1;

/** Soft shapes in all directions, like art that is scaled to the frame. */
function art(width: number, height: number, memory: DrawingMemory) {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey =
        128 + 40 * Math.sin(x / 3.1 + y / 7) + 35 * Math.sin(y / 2.7 - x / 11) + 25 * Math.sin((x + y) / 5.3);
      rgb.fill(Math.max(0, Math.min(255, Math.round(grey))), (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return planesFromRgb(rgb, { width, height }, memory.allocateForShot);
}

/** Movement of the surroundings of a point between two pictures, by least squares. */
function movedBetween(a: Uint8Array, b: Uint8Array, at: { x: number; y: number }) {
  let [xx, xy, yy, xt, yt] = [0, 0, 0, 0, 0];
  const value = (picture: Uint8Array, x: number, y: number) => picture[y * frame.width + x] as number;
  for (let y = at.y - reach; y <= at.y + reach; y++) {
    for (let x = at.x - reach; x <= at.x + reach; x++) {
      const slope = (dx: number, dy: number) =>
        (value(a, x + dx, y + dy) +
          value(b, x + dx, y + dy) -
          value(a, x - dx, y - dy) -
          value(b, x - dx, y - dy)) /
        4;
      const [gx, gy] = [slope(1, 0), slope(0, 1)];
      const change = value(b, x, y) - value(a, x, y);
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      xt -= gx * change;
      yt -= gy * change;
    }
  }
  const determinant = xx * yy - xy * xy;
  return { x: (xt * yy - yt * xy) / determinant, y: (yt * xx - xt * xy) / determinant };
}

/** Root mean square of the deviation from the intended movement, over a shot. */
function jitterOf(
  shot: PlacedShot,
  drawn: (placement: Placement) => Placement = (placement) => placement,
): number {
  const memory = new DrawingMemory();
  const drawer = new ArtDrawer(memory, frame.width, frame.height);
  const backdrop = allocateFrame(frame.width, frame.height, memory.allocateForShot);
  drawer.begin(art(shot.art.w, shot.art.h, memory), backdrop);
  const pictureAt = (index: number) => {
    drawer.draw(drawn(placementAt(shot, index)));
    return drawer.frame.planes[0].data.slice();
  };
  let before = pictureAt(0);
  let [sum, count] = [0, 0];
  for (let index = 1; index < shot.frames; index++) {
    const [from, to] = [placementAt(shot, index - 1), placementAt(shot, index)];
    const picture = pictureAt(index);
    for (const at of windows) {
      const moved = movedBetween(before, picture, at);
      const wanted = {
        x: to.x + ((at.x - from.x) / from.width) * to.width - at.x,
        y: to.y + ((at.y - from.y) / from.height) * to.height - at.y,
      };
      sum += (moved.x - wanted.x) ** 2 + (moved.y - wanted.y) ** 2;
      count++;
    }
    before = picture;
  }
  return Math.sqrt(sum / count);
}

const size = { width: 320, height: 200 };
const shot = (from: Placement, to: Placement): PlacedShot => ({
  ...{ page: 1, card: undefined, from, to, frames: 90, easing: 'smooth', transition: { kind: 'cut' } },
  art: { x: 0, y: 0, w: 320, h: 200 },
  behind: { x: 0, y: 0, w: 320, h: 200 },
});
const moves: [string, PlacedShot][] = [
  ['a slow pan', shot({ x: -20, y: -25, ...size }, { x: -31.7, y: -25, ...size })],
  ['a pan over a corner', shot({ x: -10, y: -5, ...size }, { x: -50.3, y: -33.8, ...size })],
  ['a push', shot({ x: -32, y: -28, ...size }, { x: -43.2, y: -35, width: 342.4, height: 214 })],
];

describe('movement', () => {
  test.each(moves)('is within a tenth of a pixel of its position in every frame: %s', (_, move) => {
    expect(jitterOf(move)).toBeLessThan(target);
  });

  test.each(moves)('would not be if pictures moved by whole pixels, as with zoompan: %s', (_, move) => {
    const whole = ({ x, y, width, height }: Placement) => ({
      ...{ x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) },
    });
    expect(jitterOf(move, whole)).toBeGreaterThan(target);
  });
});
