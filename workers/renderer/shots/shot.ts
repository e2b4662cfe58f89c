import type { Box } from '../../../domain/page.ts';
import type { Easing, Shot, Transition, View } from '../../../domain/shots.ts';
import type { VideoFormat } from '../../../domain/video-format.ts';

export interface Size {
  width: number;
  height: number;
}

export const frameSizes: Readonly<Record<VideoFormat, Size>> = {
  '16:9': { width: 1920, height: 1080 },
  '9:16': { width: 1080, height: 1920 },
};

/** Position of art in the frame, in output pixels; sub-pixel, and possibly beyond the frame. */
export interface Placement extends Size {
  x: number;
  y: number;
}

/** A shot for one shape of the video. */
export interface PlacedShot {
  page: number;
  card: Shot['card'];
  /** The part of the page that is drawn from: only the part of the shot's art that comes into view. */
  art: Box;
  /** Source of the backdrop: the same, or all of a strip, since it must not change between its parts. */
  behind: Box;
  from: Placement;
  to: Placement;
  frames: number;
  easing: Easing;
  transition: Transition;
}

/** The part of a shot in one piece: its frames from `first` to before `end`. */
export interface ShotPart extends PlacedShot {
  first: number;
  end: number;
}

/** Lays a shot out in the frame of a format that it was planned for. */
export function placeShot(shot: Shot, format: VideoFormat): PlacedShot {
  const move = shot.camera[format];
  if (!move) throw new Error(`A shot of page ${shot.page} was not planned for ${format}`);
  const { page, card, frames, easing, transition } = shot;
  if (card)
    return { page, card, art: shot.art, behind: shot.art, ...cardMove(format), frames, easing, transition };
  const art = seen(shot.art, move.from, move.to);
  const from = placed(art, move.from, frameSizes[format]);
  const to = placed(art, move.to, frameSizes[format]);
  const behind = easing === 'linear' ? shot.art : art;
  return { page, card, art, behind, from, to, frames, easing, transition };
}

/** A card is as large as the frame, and grows so slowly that its text stays readable. */
const cardGrowth = 1.03;

function cardMove(format: VideoFormat): { from: Placement; to: Placement } {
  const { width, height } = frameSizes[format];
  const beyond = (cardGrowth - 1) / 2;
  return {
    from: { x: 0, y: 0, width, height },
    to: { x: -width * beyond, y: -height * beyond, width: width * cardGrowth, height: height * cardGrowth },
  };
}

/** Pixels beyond the visible part, so that the resampled edge of the crop stays out of sight. */
const spare = 4;

function seen(art: Box, a: View, b: View): Box {
  const range = (start: number, size: number, low: number, high: number): [number, number] => {
    const first = Math.min(start + size - 1, Math.max(start, Math.floor(low) - spare));
    return [first, Math.max(1, Math.min(start + size, Math.ceil(high) + spare) - first)];
  };
  const [x, w] = range(art.x, art.w, Math.min(a.x, b.x), Math.max(a.x + a.w, b.x + b.w));
  const [y, h] = range(art.y, art.h, Math.min(a.y, b.y), Math.max(a.y + a.h, b.y + b.h));
  return { x, y, w, h };
}

function placed(art: Box, view: View, { width }: Size): Placement {
  const scale = width / view.w;
  return {
    x: (art.x - view.x) * scale,
    y: (art.y - view.y) * scale,
    width: art.w * scale,
    height: art.h * scale,
  };
}

/** Slow at both ends, so that a shot can stand still before and after without a jolt. */
export const ease = (progress: number) => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, progress)))) / 2;

/** Position of the art in frame `frame` of the shot; the last frame shows exactly `to`. */
export function placementAt({ from, to, frames, easing }: PlacedShot, frame: number): Placement {
  const progress = frames > 1 ? frame / (frames - 1) : 1;
  const moved = easing === 'smooth' ? ease(progress) : progress;
  const between = (start: number, end: number) => start + (end - start) * moved;
  return {
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    width: between(from.width, to.width),
    height: between(from.height, to.height),
  };
}

export const transitionFrames = ({ transition }: PlacedShot) =>
  transition.kind === 'cut' ? 0 : transition.frames;
