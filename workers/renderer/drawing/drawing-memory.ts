import { RenderError } from '../../../domain/errors.ts';
import { compileLoops, fractionOf, type SamplingLoops } from './sampling-loops.ts';

/**
 * Four frames, their tables, and up to 28 megabytes of art twice: as it is read, and as it is drawn. It never grows, so
 * views of it stay good; what is never used takes no memory.
 */
const pages = 1088;
const alignment = 16;

/** The memory that the SIMD loops work on. What is allocated stays allocated, but for what one shot draws from. */
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

  /** Gives back all that was allocated. */
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

  /** The next shot's pictures take the place of the last one's. */
  beginShot(): void {
    this.#usedForShot = this.#used;
  }

  /** Room for a picture until the next shot begins, behind all that stays. */
  readonly allocateForShot = (size: number): Uint8Array => {
    const start = this.#usedForShot;
    // The loops read up to 16 bytes beyond what they need.
    this.#usedForShot = after(start, size + alignment);
    return this.#view(start, size + alignment).subarray(0, size);
  };

  /**
   * The same for numbers, which are not zero at first. On the heap they would be garbage that the collector, which
   * counts little of them, leaves for minutes.
   */
  readonly floatsForShot = (count: number): Float32Array => {
    const { buffer, byteOffset } = this.allocateForShot(count * Float32Array.BYTES_PER_ELEMENT);
    return new Float32Array(buffer, byteOffset, count);
  };

  readonly integersForShot = (count: number): Int32Array => {
    const { buffer, byteOffset } = this.allocateForShot(count * Int32Array.BYTES_PER_ELEMENT);
    return new Int32Array(buffer, byteOffset, count);
  };

  /** Where the loops find these bytes of this memory. Throws RangeError for bytes that lie elsewhere. */
  addressOf(bytes: Uint8Array): number {
    if (bytes.buffer !== this.#buffer) throw new RangeError('The loops can not read what lies elsewhere');
    return bytes.byteOffset;
  }

  /** `out` = `a` × (256 − weight) + `b` × weight, over 256. All of this memory, as long as each other. */
  blend(out: Uint8Array, a: Uint8Array, b: Uint8Array, weight: number): void {
    const end = out.byteOffset + out.length;
    this.loops.blend(out.byteOffset, a.byteOffset, b.byteOffset, end, fractionOf(weight));
  }

  #view(start: number, size: number): Uint8Array {
    if (start + size > this.#buffer.byteLength) {
      throw new RenderError(`Art of ${size} bytes is larger than a frame can be drawn from`);
    }
    return new Uint8Array(this.#buffer, start, size);
  }
}

const after = (start: number, size: number) => Math.ceil((start + size) / alignment) * alignment;
