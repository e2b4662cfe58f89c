import type { Placement } from '../shots/shot.ts';
import type { DrawingMemory } from './drawing-memory.ts';
import { allocateFrame, type Plane, type Planes } from './planes.ts';
import { RowSampler } from './row-sampler.ts';
import { type Axis, aimAxis, allocateAxis, chromaSitingX, chromaSitingY, lumaSiting } from './sample-axis.ts';

/** The part of a plane that the art covered in the previous frame. */
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
  covered: Covered;
}

/** A plane of art in the drawing memory: its first byte is at `start`. */
interface PlacedPlane {
  start: number;
  width: number;
  height: number;
  stride: number;
}

/**
 * Draws art over a backdrop into one frame that it keeps, bilinear and at sub-pixel positions. Unchanged pixels are not
 * touched: outside the art only the area of the previous frame is restored, and the same placement draws nothing.
 */
export class ArtDrawer {
  readonly frame: Planes;
  readonly #memory: DrawingMemory;
  readonly #samplers: readonly PlaneSampler[];
  readonly #behind: Planes;
  #art: readonly PlacedPlane[] = [];
  #last: Placement | undefined;

  constructor(memory: DrawingMemory, width: number, height: number) {
    this.frame = allocateFrame(width, height, memory.allocate);
    this.#behind = allocateFrame(width, height, memory.allocate);
    this.#memory = memory;
    this.#samplers = this.frame.planes.map((out) => ({
      rows: new RowSampler(memory, out.width),
      x: allocateAxis(out.width),
      y: allocateAxis(out.height),
      covered: { left: 0, right: 0, top: 0, bottom: 0 },
    }));
  }

  /** Starts a shot, whose pictures are in the drawing memory. The backdrop, of any size, is stretched over the frame. */
  begin(art: Planes, backdrop: Planes): void {
    const { width, height } = this.frame;
    const placed = this.#place(backdrop);
    for (const [index, sampler] of this.#samplers.entries()) {
      aim(sampler, placed[index] as PlacedPlane, index, { x: 0, y: 0, width, height });
      sample(sampler, placed[index] as PlacedPlane, this.#behind.planes[index] as Plane);
      Object.assign(sampler.covered, { left: 0, right: 0, top: 0, bottom: 0 });
    }
    this.frame.bytes.set(this.#behind.bytes);
    this.#art = this.#place(art);
    this.#last = undefined;
  }

  draw(placement: Placement): void {
    if (this.#last && samePlacement(this.#last, placement)) return;
    this.#last = placement;
    for (const [index, art] of this.#art.entries()) {
      const sampler = this.#samplers[index] as PlaneSampler;
      const out = this.frame.planes[index] as Plane;
      const behind = this.#behind.planes[index] as Plane;
      aim(sampler, art, index, placement);
      restore(sampler, out, behind);
      sample(sampler, art, out);
      softenEdges(sampler, out, behind);
    }
  }

  #place({ planes }: Planes): PlacedPlane[] {
    return planes.map(({ data, ...plane }) => ({ ...plane, start: this.#memory.addressOf(data) }));
  }
}

function aim({ x, y }: PlaneSampler, art: PlacedPlane, plane: number, placement: Placement): void {
  const [sitingX, sitingY] = plane === 0 ? [lumaSiting, lumaSiting] : [chromaSitingX, chromaSitingY];
  aimAxis(x, sitingX, placement.x, placement.width, art.width);
  aimAxis(y, sitingY, placement.y, placement.height, art.height);
}

/** Draws the part of a plane of art that the axes describe. */
function sample({ rows, x, y }: PlaneSampler, art: PlacedPlane, out: Plane): void {
  if (x.end <= x.first || y.end <= y.first) return;
  rows.aim(x);
  for (let row = y.first; row < y.end; row++) {
    const position = y.position[row] as number;
    const upper = position >> 8;
    const lower = Math.min(upper + 1, art.height - 1);
    rows.sample(out, row, art.start + upper * art.stride, art.start + lower * art.stride, position & 255);
  }
}

/** Blends the backdrop into a pixel that the art covers in part. */
function softenEdges({ x, y }: PlaneSampler, out: Plane, behind: Plane): void {
  if (x.end <= x.first || y.end <= y.first) return;
  const { data, stride } = out;
  const { data: under } = behind;
  const soften = (from: number, count: number, step: number, cover: number) => {
    if (cover >= 256) return;
    for (let at = from; at < from + count * step; at += step) {
      const below = under[at] as number;
      data[at] = below + ((((data[at] as number) - below) * cover + 128) >> 8);
    }
  };
  const [top, bottom] = [y.first * stride, (y.end - 1) * stride];
  soften(top + x.first, x.end - x.first, 1, y.firstCover);
  soften(bottom + x.first, x.end - x.first, 1, y.lastCover);
  soften(top + x.first, y.end - y.first, stride, x.firstCover);
  soften(top + x.end - 1, y.end - y.first, stride, x.lastCover);
}

/** Restores the backdrop where the previous frame had art and this one has none. */
function restore({ x, y, covered }: PlaneSampler, out: Plane, behind: Plane): void {
  const copy = (row: number, from: number, to: number) => {
    if (to <= from) return;
    const start = row * out.stride;
    out.data.set(behind.data.subarray(start + from, start + to), start + from);
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
