import { RenderError } from '../../../domain/errors.ts';
import { compileLoops, fractionOf, type SamplingLoops } from './sampling-loops.ts';

/**
 * Four frames, their tables, and up to 28 megabytes of art twice: as it is read, and as it is drawn. It never grows, so
 * views of it stay valid; unused pages take no memory.
 */
const pages = 1088;
const alignment = 16;

/** The memory that the SIMD loops work on. Allocations persist, except those of a shot. */
export class DrawingMemory {
  readonly loops: SamplingLoops;
  readonly #buffer: ArrayBuffer;
  #used = alignment;
  #usedForShot = alignment;

  constructor() {
    const { buffer, loops } = compileLoops(pages);
    this.#buffer = buffer;
    this.loops = loops;
  }

  /** Frees everything that was allocated. */
  clear(): void {
    this.#used = alignment;
    this.#usedForShot = alignment;
  }

  readonly allocate = (size: number): Uint8Array => {
    const start = this.#used;
    this.#used = after(start, size);
    this.#usedForShot = this.#used;
    return this.#view(start, size);
  };

  /** Frees the pictures of the last shot. */
  beginShot(): void {
    this.#usedForShot = this.#used;
  }

  /** Allocates a picture until the next shot begins, after the persistent data. */
  readonly allocateForShot = (size: number): Uint8Array => {
    const start = this.#usedForShot;
    // The loops read up to 16 bytes beyond the end.
    this.#usedForShot = after(start, size + alignment);
    return this.#view(start, size + alignment).subarray(0, size);
  };

  /**
   * Allocates numbers, which are not initialised to zero. On the heap they would be garbage that the collector, which
   * counts little of it, keeps for minutes.
   */
  readonly floatsForShot = (count: number): Float32Array => {
    const { buffer, byteOffset } = this.allocateForShot(count * Float32Array.BYTES_PER_ELEMENT);
    return new Float32Array(buffer, byteOffset, count);
  };

  readonly integersForShot = (count: number): Int32Array => {
    const { buffer, byteOffset } = this.allocateForShot(count * Int32Array.BYTES_PER_ELEMENT);
    return new Int32Array(buffer, byteOffset, count);
  };

  /** Returns the address of these bytes for the loops. Throws RangeError for bytes outside of this memory. */
  addressOf(bytes: Uint8Array): number {
    if (bytes.buffer !== this.#buffer)
      throw new RangeError("The loops can't read bytes outside of their memory");
    return bytes.byteOffset;
  }

  /** Sets `out` to (`a` × (256 − weight) + `b` × weight) / 256. All are in this memory and have the same length. */
  blend(out: Uint8Array, a: Uint8Array, b: Uint8Array, weight: number): void {
    const end = out.byteOffset + out.length;
    this.loops.blend(out.byteOffset, a.byteOffset, b.byteOffset, end, fractionOf(weight));
  }

  #view(start: number, size: number): Uint8Array {
    if (start + size > this.#buffer.byteLength) {
      throw new RenderError(`Art of ${size} bytes is larger than the drawing memory`);
    }
    return new Uint8Array(this.#buffer, start, size);
  }
}

const after = (start: number, size: number) => Math.ceil((start + size) / alignment) * alignment;
