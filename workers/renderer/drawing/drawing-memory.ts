import { RenderError } from '../../../domain/errors.ts';
import { compileLoops, type SamplingLoops } from './sampling-loops.ts';

/** Four frames, their tables and art of up to 28 megabytes. It never grows, so views of it stay good. */
const pages = 640;
const alignment = 16;

/** The memory that the SIMD loops work on. What is allocated stays allocated; art alone changes, in one place. */
export class DrawingMemory {
  readonly loops: SamplingLoops;
  readonly #buffer: ArrayBuffer;
  #used = alignment;

  constructor() {
    const { buffer, loops } = compileLoops(pages);
    this.#buffer = buffer;
    this.loops = loops;
  }

  readonly allocate = (size: number): Uint8Array => {
    const start = this.#used;
    this.#used = Math.ceil((start + size) / alignment) * alignment;
    return this.#view(start, size);
  };

  /** The place for art, behind all that is allocated; the next art takes the same place. */
  placeArt(bytes: Uint8Array): number {
    // The loops read up to 16 bytes beyond what they need.
    const art = this.#view(this.#used, bytes.length + alignment);
    art.set(bytes);
    return art.byteOffset;
  }

  /** `out` = `a` × (256 − weight) + `b` × weight, over 256. All of this memory, as long as each other. */
  blend(out: Uint8Array, a: Uint8Array, b: Uint8Array, weight: number): void {
    this.loops.blend(out.byteOffset, a.byteOffset, b.byteOffset, out.byteOffset + out.length, weight);
  }

  #view(start: number, size: number): Uint8Array {
    if (start + size > this.#buffer.byteLength) {
      throw new RenderError(`Art of ${size} bytes is larger than a frame can be drawn from`);
    }
    return new Uint8Array(this.#buffer, start, size);
  }
}
