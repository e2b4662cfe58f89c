import type { Box } from '../../../domain/page.ts';
import type { CameraMove, View } from '../../../domain/shots.ts';
import type { Size } from './shot.ts';

/** Growth of art during a zoom: by the second, within limits. */
const zoomPerSecond = 0.011;
const smallestZoom = 0.02;
const largestZoom = 0.075;
/** Art fills this part of the frame's height or width when nearest. */
const fill = 0.985;
/** Where the camera moves along art, the empty part of a frame is slightly smaller than the art in it. */
const mostFrameForArt = 2 * 0.97;
/** Speed of a readable scroll: this part of the frame in a second. */
const scrollPerSecond = 0.2;
/** Art that would be longer than so many frames is not shown as a whole: it would fill less than a third of one. */
const longestWhole = 1.6;
/** A pan that keeps its subject in the picture goes no further than this part of the frame. */
const longestPan = 0.3;
/** Drift of the camera within the room beside the art, as a part of the frame in a second. */
const driftPerSecond = 0.0026;

export interface Aim {
  art: Box;
  /** Areas to keep in the picture, in order of priority; the first that fits a frame counts. */
  keep: readonly Box[];
  seconds: number;
  /** Shots alternate: zoom in and out, drift one way and the other. */
  turn: number;
  /** Wide art is read from right to left. */
  fromRight: boolean;
}

/** A slow movement over a piece of art, and whether it continues through a strip. */
export interface Aimed extends CameraMove {
  scrolls: boolean;
}

/**
 * Shows art as a whole with a slow zoom, so that no head and no balloon is cut off. Longer art is enlarged until it fills half of
 * the frame, and the camera moves along it: through all of it at a readable speed. Without time for that it is enlarged less: wide art as
 * little as both ends need, since letters can be read as long as the frame is narrower than a page; tall art until it fills a third,
 * and if that is not enough, its subject is always in the picture.
 */
export function aimCamera(aim: Aim, frame: Size): Aimed {
  const { art, seconds, turn } = aim;
  const shape = frame.width / frame.height;
  const whole = Math.max(art.w, art.h * shape) / fill;
  const nearest = mostFrameForArt * Math.min(art.w, art.h * shape);
  if (whole * fill > longestWhole * nearest) return goAlong(aim, shape, nearest);
  const zoom = Math.min(largestZoom, Math.max(smallestZoom, zoomPerSecond * seconds));
  const drift = driftPerSecond * seconds * (turn % 4 < 2 ? 0.5 : -0.5);
  const near = centred(art, whole, shape, drift);
  const far = centred(art, whole * (1 + zoom), shape, -drift);
  return turn % 2 === 0 ? { from: far, to: near, scrolls: false } : { from: near, to: far, scrolls: false };
}

/** Centres, and moves by a part of its width along the axis that has room, as far as there is room. */
function centred(art: Box, w: number, shape: number, drift: number): View {
  const h = w / shape;
  const [beside, above] = [(w - art.w) / 2, (h - art.h) / 2];
  const limited = (space: number) => Math.max(-space / 4, Math.min(space / 4, w * drift));
  return {
    x: art.x - beside - (beside > above ? limited(beside) : 0),
    y: art.y - above - (above >= beside ? limited(above) : 0),
    w,
    h,
  };
}

/** Pans along the axis where the art exceeds the frame. */
function goAlong({ art, keep, seconds, fromRight }: Aim, shape: number, nearest: number): Aimed {
  const down = art.h * shape > art.w;
  const ranges = keep.map((box): Range => (down ? [box.y, box.y + box.h] : [box.x, box.x + box.w]));
  const [start, length] = down ? [art.y, art.h] : [art.x, art.w];
  const spanAt = (w: number) => (down ? w / shape : w);
  const mostAt = (w: number) => scrollPerSecond * spanAt(w) * seconds;
  const whole = down ? length * shape : length;
  const widest = down ? longestWhole * nearest : whole;
  const through = Math.max(nearest, whole / (1 + scrollPerSecond * seconds));
  const isThrough = through <= widest;
  // Without time for all of it, as much is shown as the subject with all speech needs.
  const [low = 0, high = 0] = ranges[0] ?? [];
  const needed = (high - low) * (down ? shape : 1);
  const w = isThrough ? through : Math.min(widest, Math.max(nearest, needed));
  const h = w / shape;
  const span = spanAt(w);
  const end = start + length - span;
  const view = (at: number): View =>
    down ? { x: art.x - (w - art.w) / 2, y: at, w, h } : { x: at, y: art.y - (h - art.h) / 2, w, h };
  const asRead = (low: number, high: number): CameraMove =>
    down || !fromRight ? { from: view(low), to: view(high) } : { from: view(high), to: view(low) };

  if (isThrough) return { ...asRead(start, end), scrolls: true };
  const [first, last] = stillAround(ranges, span) ?? [start, end];
  const within = (at: number) => Math.max(start, Math.min(end, at));
  const middle = (within(first) + within(last)) / 2;
  const half = Math.min(within(last) - within(first), mostAt(w), longestPan * span) / 2;
  return { ...asRead(middle - half, middle + half), scrolls: false };
}

type Range = readonly [low: number, high: number];

/** Range of positions of a frame that shows the first range that fits; the middle of the last range if none does. */
function stillAround(ranges: readonly Range[], span: number): Range | undefined {
  const fitting = ranges.find(([low, high]) => high - low <= span);
  if (fitting) return [fitting[1] - span, fitting[0]];
  const last = ranges.at(-1);
  const middle = last && (last[0] + last[1] - span) / 2;
  return middle === undefined ? undefined : [middle, middle];
}
