import type { Box } from '../../../domain/page.ts';
import type { CameraMove, View } from '../../../domain/shots.ts';
import type { Size } from './shot.ts';

/** Growth of art during a zoom: by the second, within limits. */
const zoomPerSecond = 0.011;
const smallestZoom = 0.02;
const largestZoom = 0.075;
/** Art fills this part of the frame's height or width when nearest. */
const fill = 0.985;
/** While the camera moves along art, the empty part of a frame is slightly smaller than the art in it. */
const mostFrameForArt = 2 * 0.97;
/** Speed of a readable scroll: this part of the frame in a second. */
const readableScroll = 0.2;
/** Speed of a scroll that eyes can still follow: some ten degrees a second at the usual distance from a screen. */
const fastestScroll = 0.5;
/** Art that would be longer than so many frames is not shown as a whole: it would fill less than a third of one. */
const longestWhole = 1.6;
/** A panel that does not become this many times as large stays whole: it is not worth the movement. */
const worthMoving = 1.25;
/** Drift of the camera within the room beside the art, as a part of the frame in a second. */
const driftPerSecond = 0.0026;

export interface Aim {
  art: Box;
  /** Whether it is a page, which is shown as a whole to say where its panels are. */
  isPage: boolean;
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
 * Shows art as a whole with a slow zoom, so that no head and no balloon is cut off. A panel that would be small is enlarged until it fills
 * half of the frame, if there is time to move along all of it at a readable speed. Art that would fill less than a third is always enlarged,
 * without time for that less. Letters of wide art can be read as long as the frame is narrower than a page. A strip has no such bound, so
 * below a third of the frame the camera first moves faster, and shows more at once only where eyes could not follow.
 */
export function aimCamera(aim: Aim, frame: Size): Aimed {
  const { art, isPage, seconds, turn } = aim;
  const shape = frame.width / frame.height;
  const whole = Math.max(art.w, art.h * shape) / fill;
  const nearest = mostFrameForArt * Math.min(art.w, art.h * shape);
  const length = (whole * fill) / nearest;
  const isSmall = !isPage && length > worthMoving && length - 1 <= readableScroll * seconds;
  if (isSmall || length > longestWhole) return goAlong(aim, shape, nearest);
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

/** Moves along the axis where the art exceeds the frame, from one end to the other. */
function goAlong({ art, seconds, fromRight }: Aim, shape: number, nearest: number): Aimed {
  const down = art.h * shape > art.w;
  // Widths of frames: one that is as long as the art, and one that gets through it at a speed.
  const whole = down ? art.h * shape : art.w;
  const through = (speed: number) => whole / (1 + speed * seconds);
  const least = down ? Math.max(longestWhole * nearest, through(fastestScroll)) : whole;
  const w = Math.max(nearest, Math.min(through(readableScroll), least));
  const h = w / shape;
  const [across, along] = [art.x - (w - art.w) / 2, art.y - (h - art.h) / 2];
  const begin: View = down ? { x: across, y: art.y, w, h } : { x: art.x, y: along, w, h };
  const end: View = down ? { ...begin, y: art.y + art.h - h } : { ...begin, x: art.x + art.w - w };
  return down || !fromRight
    ? { from: begin, to: end, scrolls: true }
    : { from: end, to: begin, scrolls: true };
}
