import type { Box } from '../../domain/page.ts';
import { frameSize, type Placement } from './shot.ts';

/** How much larger art is at the end of a push than at its start: by the second, within limits. */
const zoomPerSecond = 0.011;
const smallestZoom = 0.02;
const largestZoom = 0.075;
/** Art fills this much of the frame's height or width when nearest. */
const fill = 0.985;
/** Art whose height is more than this many times its width is scrolled, not shown whole. */
const tallestWhole = 2.6;
const scrolledWidth = 1000;
/** A longer strip is shown narrower: what is drawn from has to fit the drawing memory. */
const mostScreens = 12;
/** How far the camera drifts sideways, in output pixels per second, within the room beside the art. */
const drift = 5;

/** The two ends of a movement. */
export interface Movement {
  far: Placement;
  near: Placement;
  /** Goes from `far` to `near` once, however long it takes, rather than to and fro. */
  oneWay: boolean;
}

/**
 * A slow movement over a piece of art: `near` shows it as large as it fits whole, `far` a little smaller. Art with
 * room beside it also drifts, one way and the other by turns. A tall strip is scrolled from its top to its bottom.
 */
export function aimCamera(art: Box, seconds: number, turn: number): Movement {
  if (art.h / art.w > tallestWhole) return scroll(art);
  const scale = Math.min((frameSize.width * fill) / art.w, (frameSize.height * fill) / art.h);
  const zoom = Math.min(largestZoom, Math.max(smallestZoom, zoomPerSecond * seconds));
  const direction = turn % 4 < 2 ? 1 : -1;
  const room = (drift * seconds * direction) / 2;
  return {
    near: centred(art, scale, room),
    far: centred(art, scale / (1 + zoom), -room),
    oneWay: false,
  };
}

/** Centred, and moved by `shift` along the axis that has room, as far as the room goes. */
function centred(art: Box, scale: number, shift: number): Placement {
  const width = art.w * scale;
  const height = art.h * scale;
  const beside = (frameSize.width - width) / 2;
  const above = (frameSize.height - height) / 2;
  const limited = (room: number) => Math.max(-room / 4, Math.min(room / 4, shift));
  return {
    x: beside + (beside > above ? limited(beside) : 0),
    y: above + (above >= beside ? limited(above) : 0),
    width,
    height,
  };
}

function scroll(art: Box): Movement {
  const width = Math.min(scrolledWidth, (frameSize.height * mostScreens * art.w) / art.h);
  const height = (art.h * width) / art.w;
  const x = (frameSize.width - width) / 2;
  const far = { x, y: frameSize.height * 0.04, width, height };
  return { far, near: { ...far, y: frameSize.height * 0.96 - height }, oneWay: true };
}
