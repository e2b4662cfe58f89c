import { blendWords, type Plane, type Planes, words } from './planes.ts';
import { type Axis, aimAxis, allocateAxis, chromaSitingX, chromaSitingY, lumaSiting } from './sample-axis.ts';
import type { Placement } from './shot.ts';

/** The part of a plane that the art covered in the frame before. */
interface Covered {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface PlaneSampler {
  x: Axis;
  y: Axis;
  out: Plane;
  covered: Covered;
}

/**
 * Draws art over a backdrop into one frame that it keeps, bilinear and at sub-pixel places. What doesn't change isn't
 * touched: outside the art only what the frame before covered is restored, and the same placement draws nothing.
 */
export class ArtDrawer {
  readonly frame: Planes;
  readonly #samplers: readonly PlaneSampler[];
  #row = new Uint32Array(0);
  #rowBytes = new Uint8Array(0);
  #art: Planes | undefined;
  #backdrop: Planes | undefined;
  #last: Placement | undefined;

  constructor(frame: Planes) {
    this.frame = frame;
    this.#samplers = frame.planes.map((out) => ({
      x: allocateAxis(out.width),
      y: allocateAxis(out.height),
      out,
      covered: { left: 0, right: 0, top: 0, bottom: 0 },
    }));
  }

  /** Starts a shot. The backdrop has the frame's size and layout. */
  begin(art: Planes, backdrop: Planes): void {
    this.#art = art;
    this.#backdrop = backdrop;
    this.#last = undefined;
    this.frame.bytes.set(backdrop.bytes);
    const longest = Math.max(...art.planes.map(({ stride }) => stride));
    if (this.#rowBytes.length < longest) {
      this.#row = new Uint32Array(Math.ceil(longest / 4));
      this.#rowBytes = new Uint8Array(this.#row.buffer);
    }
    for (const { covered } of this.#samplers)
      Object.assign(covered, { left: 0, right: 0, top: 0, bottom: 0 });
  }

  draw(placement: Placement): void {
    const art = this.#art;
    const backdrop = this.#backdrop;
    if (!art || !backdrop || (this.#last && samePlacement(this.#last, placement))) return;
    this.#last = placement;
    for (const [index, sampler] of this.#samplers.entries()) {
      const source = art.planes[index] as Plane;
      const luma = index === 0;
      const { x, y } = sampler;
      aimAxis(x, luma ? lumaSiting : chromaSitingX, placement.x, placement.width, source.width);
      aimAxis(y, luma ? lumaSiting : chromaSitingY, placement.y, placement.height, source.height);
      restore(sampler, backdrop.planes[index] as Plane);
      this.#sample(sampler, source, backdrop.planes[index] as Plane);
    }
  }

  #sample({ x, y, out }: PlaneSampler, source: Plane, behind: Plane): void {
    if (x.end <= x.first || y.end <= y.first) return;
    const sourceWords = words(source.data);
    const strideWords = source.stride >> 2;
    // Only the columns that this frame shows, in whole words.
    const firstWord = ((x.position[x.first] as number) >> 8) >> 2;
    const lastWord = (((x.position[x.end - 1] as number) >> 8) + 1) >> 2;
    const base = firstWord << 2;
    for (let row = y.first; row < y.end; row++) {
      const position = y.position[row] as number;
      const upper = position >> 8;
      const lower = Math.min(upper + 1, source.height - 1);
      const from = upper * strideWords + firstWord;
      const to = lower * strideWords + firstWord;
      blendWords(this.#row, sourceWords, from, sourceWords, to, lastWord - firstWord + 1, position & 255);
      sampleRow(out.data, row * out.stride, this.#rowBytes, base, x);
      this.#softenEdges(x, y, row, out, behind);
    }
  }

  /** A pixel that the art covers in part shows the backdrop for the rest. */
  #softenEdges(x: Axis, y: Axis, row: number, out: Plane, behind: Plane): void {
    const start = row * out.stride;
    const cover = row === y.first ? y.firstCover : row === y.end - 1 ? y.lastCover : 256;
    if (cover < 256) {
      for (let at = start + x.first; at < start + x.end; at++) {
        blendPixel(out.data, behind.data, at, cover);
      }
    }
    if (x.firstCover < 256) blendPixel(out.data, behind.data, start + x.first, x.firstCover);
    if (x.lastCover < 256) blendPixel(out.data, behind.data, start + x.end - 1, x.lastCover);
  }
}

/** The inner loop: one row of the frame from one row of art, both bytes. */
function sampleRow(out: Uint8Array, start: number, row: Uint8Array, base: number, axis: Axis): void {
  const { position, first, end } = axis;
  for (let index = first; index < end; index++) {
    const at = position[index] as number;
    const pixel = (at >> 8) - base;
    const left = row[pixel] as number;
    out[start + index] = left + ((((row[pixel + 1] as number) - left) * (at & 255) + 128) >> 8);
  }
}

function blendPixel(out: Uint8Array, behind: Uint8Array, at: number, cover: number): void {
  const below = behind[at] as number;
  out[at] = below + ((((out[at] as number) - below) * cover + 128) >> 8);
}

/** Puts the backdrop back where the frame before had art and this one has none. */
function restore({ x, y, out, covered }: PlaneSampler, backdrop: Plane): void {
  const copy = (row: number, from: number, to: number) => {
    if (to <= from) return;
    const start = row * out.stride;
    out.data.set(backdrop.data.subarray(start + from, start + to), start + from);
  };
  for (let row = covered.top; row < covered.bottom; row++) {
    if (row < y.first || row >= y.end) {
      copy(row, covered.left, covered.right);
      continue;
    }
    copy(row, covered.left, Math.min(x.first, covered.right));
    copy(row, Math.max(x.end, covered.left), covered.right);
  }
  covered.left = x.first;
  covered.right = x.end;
  covered.top = y.first;
  covered.bottom = y.end;
}

const samePlacement = (a: Placement, b: Placement) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
