import type { Box } from '../../domain/page.ts';

export const frameSize = { width: 1920, height: 1080 };

/** Where art lies in the frame, in output pixels; sub-pixel, and it may reach beyond the frame. */
export interface Placement {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A stretch of the video that shows one piece of art. */
export interface Shot {
  page: number;
  /** The part of the page that is shown, in page pixels. */
  art: Box;
  from: Placement;
  to: Placement;
  frames: number;
  /** Frames at the start over which the shot before it, standing still, fades away; 0 for a cut. */
  fadeIn: number;
}

/** Slow at both ends, so that a shot may stand still before and after without a jolt. */
export const ease = (progress: number) => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, progress)))) / 2;

/** Where the art lies in frame `frame` of the shot; the last frame shows exactly `to`. */
export function placementAt({ from, to, frames }: Shot, frame: number): Placement {
  const moved = frames > 1 ? ease(frame / (frames - 1)) : 1;
  const between = (start: number, end: number) => start + (end - start) * moved;
  return {
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    width: between(from.width, to.width),
    height: between(from.height, to.height),
  };
}
