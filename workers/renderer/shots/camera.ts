import type { Box } from '../../../domain/page.ts';
import type { CameraMove, View } from '../../../domain/shots.ts';
import type { Size } from './shot.ts';

/** Growth of art during a zoom: by the second, within limits. */
const zoomPerSecond = 0.011;
const smallestZoom = 0.02;
const largestZoom = 0.075;
/** Art fills this part of the frame's height or width when nearest. */
const fill = 0.985;
/** The empty part of a frame stays slightly smaller than the art in it. */
const mostFrameForArt = 2 * 0.97;
/** Speed of a readable scroll: this part of the frame in a second. */
const scrollPerSecond = 0.2;
/** Art that is longer than so many frames is scrolled through as a whole, if there is time. */
const strip = 1.6;
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
 * Shows art as a whole with a slow zoom if it fills at least half of the frame. Narrower or wider art is enlarged until
 * it does, and the camera pans along it: with its subject always in the picture, or through all of a strip at a readable
 * speed.
 */
export function aimCamera(aim: Aim, frame: Size): Aimed {
  const { art } = aim;
  const shape = frame.width / frame.height;
  const whole = Math.max(art.w, art.h * shape) / fill;
  const widest = mostFrameForArt * Math.min(art.w, art.h * shape);
  // A pan over a hundredth of the art would look like a still picture.
  if (widest < whole * fill ** 2) return goAlong(aim, shape, widest);
  const room = widest / whole - 1;
  const wanted = Math.min(largestZoom, Math.max(smallestZoom, zoomPerSecond * aim.seconds));
  // If there is hardly any room, the nearest view cuts a tiny part of the art's edge.
  const zoom = room < smallestZoom ? smallestZoom : Math.min(room, wanted);
  const farthest = Math.min(widest, whole * (1 + zoom));
  const drift = driftPerSecond * aim.seconds * (aim.turn % 4 < 2 ? 0.5 : -0.5);
  const near = centred(art, farthest / (1 + zoom), shape, drift);
  const far = centred(art, farthest, shape, -drift);
  return aim.turn % 2 === 0
    ? { from: far, to: near, scrolls: false }
    : { from: near, to: far, scrolls: false };
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
function goAlong({ art, keep, seconds, fromRight }: Aim, shape: number, w: number): Aimed {
  const h = w / shape;
  const down = art.h > h;
  const [start, length, span] = down ? [art.y, art.h, h] : [art.x, art.w, w];
  const end = start + length - span;
  const view = (at: number): View =>
    down ? { x: art.x - (w - art.w) / 2, y: at, w, h } : { x: at, y: art.y - (h - art.h) / 2, w, h };
  const asRead = (low: number, high: number): CameraMove =>
    down || !fromRight ? { from: view(low), to: view(high) } : { from: view(high), to: view(low) };

  const most = scrollPerSecond * span * seconds;
  if (length > strip * span && end - start <= most) return { ...asRead(start, end), scrolls: true };
  const ranges = keep.map((box): Range => (down ? [box.y, box.y + box.h] : [box.x, box.x + box.w]));
  const [low, high] = stillAround(ranges, span) ?? [start, end];
  const within = (at: number) => Math.max(start, Math.min(end, at));
  const middle = (within(low) + within(high)) / 2;
  const half = Math.min(within(high) - within(low), most, longestPan * span) / 2;
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
