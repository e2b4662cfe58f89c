import type { DrawingMemory } from './drawing-memory.ts';
import type { Plane } from './planes.ts';
import type { Axis } from './sample-axis.ts';
import { blockLayout, fractionOf, lanes } from './sampling-loops.ts';

/** Maximum width of a row of art; art is never scaled beyond the frame. */
const longestRow = 4096;
const pixelsPerBlock = 2 * lanes;
/** Bytes that the pixels of half a block and their right neighbours can span. */
const halfSpan = 16;

/** Samples rows of one plane: mixes two rows of art into one, and reads that at the positions of an axis. */
export class RowSampler {
  readonly #memory: DrawingMemory;
  readonly #row: Uint8Array;
  readonly #table: Uint8Array;
  readonly #numbers: DataView;
  #axis: Axis | undefined;
  /** Number of blocks of the current axis; 0 if it must be sampled pixel by pixel. */
  #blocks = 0;
  /** First column of art that is read, and the number of bytes. */
  #column = 0;
  #columns = 0;

  constructor(memory: DrawingMemory, width: number) {
    this.#memory = memory;
    this.#row = memory.allocate(longestRow + 2 * halfSpan);
    const size = (Math.ceil(width / pixelsPerBlock) + 1) * blockLayout.size;
    this.#table = memory.allocate(size);
    this.#numbers = new DataView(this.#table.buffer, this.#table.byteOffset, size);
  }

  /** Sets the columns of a frame, at least one. */
  aim(axis: Axis): void {
    const { position, first, end } = axis;
    this.#axis = axis;
    this.#column = (position[first] as number) >> 8;
    this.#columns = Math.min(longestRow, ((position[end - 1] as number) >> 8) + 2 - this.#column);
    this.#blocks = 0;
    if (end - first < pixelsPerBlock) return;
    for (let pixel = first; pixel < end; pixel += pixelsPerBlock) {
      // The last block ends with the last pixel and overlaps the one before, so that nothing beyond it is written.
      if (!this.#setBlock(this.#blocks, Math.min(pixel, end - pixelsPerBlock), position)) {
        this.#blocks = 0;
        return;
      }
      this.#blocks++;
    }
  }

  /** Draws one row of the frame from two rows of art, given by their addresses; a `weight` of 256 is the lower one. */
  sample(out: Plane, row: number, upper: number, lower: number, weight: number): void {
    const { loops } = this.#memory;
    const mixed = this.#row.byteOffset;
    loops.blend(mixed, upper + this.#column, lower + this.#column, mixed + this.#columns, fractionOf(weight));
    const start = row * out.stride;
    if (this.#blocks === 0) {
      this.#samplePixels(out.data, start);
      return;
    }
    const table = this.#table.byteOffset;
    loops.sample(out.data.byteOffset + start, mixed, table, table + this.#blocks * blockLayout.size);
  }

  /** Returns false when the pixels of a half are too far apart for one load of 16 bytes. */
  #setBlock(block: number, pixel: number, position: Int32Array): boolean {
    const at = block * blockLayout.size;
    this.#numbers.setInt32(at + blockLayout.target, pixel, true);
    return this.#setHalf(at, 0, pixel, position) && this.#setHalf(at, 1, pixel + lanes, position);
  }

  #setHalf(at: number, half: 0 | 1, pixel: number, position: Int32Array): boolean {
    const column = (position[pixel] as number) >> 8;
    if (((position[pixel + lanes - 1] as number) >> 8) + 1 - column >= halfSpan) return false;
    const numbers = this.#numbers;
    numbers.setInt32(at + blockLayout.sources + 4 * half, column - this.#column, true);
    const indices = at + blockLayout.indices + 16 * half;
    const weights = at + blockLayout.weights + 16 * half;
    for (let lane = 0; lane < lanes; lane++) {
      const place = position[pixel + lane] as number;
      const left = (place >> 8) - column;
      this.#table[indices + lane] = left;
      this.#table[indices + lanes + lane] = left + 1;
      numbers.setInt16(weights + 2 * lane, fractionOf(place & 255), true);
    }
    return true;
  }

  #samplePixels(out: Uint8Array, start: number): void {
    const { position, first, end } = this.#axis as Axis;
    for (let pixel = first; pixel < end; pixel++) {
      const place = position[pixel] as number;
      const column = (place >> 8) - this.#column;
      const left = this.#row[column] as number;
      const right = this.#row[column + 1] as number;
      out[start + pixel] = left + (((right - left) * (place & 255) + 128) >> 8);
    }
  }
}
