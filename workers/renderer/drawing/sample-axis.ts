/**
 * Source positions of the pixels of one axis of the frame. Luma and chroma, x and y each have one; all are recalculated
 * for each frame, without allocating.
 */
export interface Axis {
  /** Pixels that the art touches: [first, end). Empty when it is outside. */
  first: number;
  end: number;
  /** Source position in 1/256 pixels, for pixels in [first, end). */
  position: Int32Array;
  /** Part of the first and last pixel that the art covers, of 256. */
  firstCover: number;
  lastCover: number;
}

/** Position of a plane's pixels relative to luma: `step` luma pixels apart, the first one's centre at `centre`. */
export interface Siting {
  step: number;
  centre: number;
}

export const lumaSiting: Siting = { step: 1, centre: 0.5 };
/** By default H.264 places chroma at the left of its luma pair, and between its two rows. */
export const chromaSitingX: Siting = { step: 2, centre: 0.5 };
export const chromaSitingY: Siting = { step: 2, centre: 1 };

export const allocateAxis = (size: number): Axis => ({
  first: 0,
  end: 0,
  position: new Int32Array(size),
  firstCover: 256,
  lastCover: 256,
});

/**
 * Sets up an axis for art that begins at `start` and is `length` long, both in luma pixels of the frame. The source
 * plane has `sourceSize` pixels, one for each `step` of the art's own luma pixels, centred between them.
 */
export function aimAxis(axis: Axis, siting: Siting, start: number, length: number, sourceSize: number): void {
  const { step, centre } = siting;
  const edge = centre - step / 2;
  const from = (start - edge) / step;
  const to = (start + length - edge) / step;
  const size = axis.position.length;
  axis.first = Math.min(size, Math.max(0, Math.floor(from)));
  axis.end = Math.max(axis.first, Math.min(size, Math.ceil(to)));
  axis.firstCover = cover(axis.first, from, to);
  axis.lastCover = cover(axis.end - 1, from, to);

  const scale = (sourceSize / (to - from)) * 256;
  const last = (sourceSize - 1) * 256;
  for (let index = axis.first; index < axis.end; index++) {
    const position = Math.round((index + 0.5 - from) * scale - 128);
    axis.position[index] = Math.max(0, Math.min(last, position));
  }
}

/** Returns the part of pixel `index` that is within [from, to), of 256. */
const cover = (index: number, from: number, to: number) =>
  Math.round(Math.max(0, Math.min(1, Math.min(index + 1, to) - Math.max(index, from))) * 256);
