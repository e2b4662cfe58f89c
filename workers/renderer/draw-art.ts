import type { DrawingMemory } from './drawing-memory.ts';
import type { Plane, Planes } from './planes.ts';
import { RowSampler } from './row-sampler.ts';
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
  rows: RowSampler;
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
  readonly #memory: DrawingMemory;
  readonly #samplers: readonly PlaneSampler[];
  #art: Planes | undefined;
  #backdrop: Planes | undefined;
  /** Where the art's bytes are in the memory. */
  #artStart = 0;
  #last: Placement | undefined;

  /** `frame` is of the same memory. */
  constructor(frame: Planes, memory: DrawingMemory) {
    this.frame = frame;
    this.#memory = memory;
    this.#samplers = frame.planes.map((out) => ({
      rows: new RowSampler(memory, out.width),
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
    this.#artStart = this.#memory.placeArt(art.bytes);
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
      const behind = backdrop.planes[index] as Plane;
      const luma = index === 0;
      const { x, y } = sampler;
      aimAxis(x, luma ? lumaSiting : chromaSitingX, placement.x, placement.width, source.width);
      aimAxis(y, luma ? lumaSiting : chromaSitingY, placement.y, placement.height, source.height);
      restore(sampler, behind);
      const start = this.#artStart + source.data.byteOffset - art.bytes.byteOffset;
      sample(sampler, source, start, behind);
    }
  }
}

/** Draws what the axes show of a plane of art, whose bytes begin at `start` in the drawing memory. */
function sample({ rows, x, y, out }: PlaneSampler, source: Plane, start: number, behind: Plane): void {
  if (x.end <= x.first || y.end <= y.first) return;
  rows.aim(x);
  for (let row = y.first; row < y.end; row++) {
    const position = y.position[row] as number;
    const upper = position >> 8;
    const lower = Math.min(upper + 1, source.height - 1);
    rows.sample(out, row, start + upper * source.stride, start + lower * source.stride, position & 255);
    softenEdges(x, y, row, out, behind);
  }
}

/** A pixel that the art covers in part shows the backdrop for the rest. */
function softenEdges(x: Axis, y: Axis, row: number, out: Plane, behind: Plane): void {
  const start = row * out.stride;
  const cover = row === y.first ? y.firstCover : row === y.end - 1 ? y.lastCover : 256;
  if (cover < 256) {
    for (let at = start + x.first; at < start + x.end; at++) blendPixel(out.data, behind.data, at, cover);
  }
  if (x.firstCover < 256) blendPixel(out.data, behind.data, start + x.first, x.firstCover);
  if (x.lastCover < 256) blendPixel(out.data, behind.data, start + x.end - 1, x.lastCover);
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
