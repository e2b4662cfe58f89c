/** Random numbers of a seed: the generator of Java's `java.util.Random`, which AWS uses. */

const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

export class SeededRandom {
  #state: bigint;

  /** Uses the lower 48 bits of the seed. */
  constructor(seed: number) {
    this.#state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  }

  /** Returns a number in [0, 1), as `nextDouble` does. */
  fraction(): number {
    return (this.#next(26) * 2 ** 27 + this.#next(27)) / 2 ** 53;
  }

  /** Returns a whole number in [0, bound), as `nextInt(bound)` does for a bound below 2³¹. */
  below(bound: number): number {
    if (bound >= 2 ** 31) return Math.floor(this.fraction() * bound);
    if ((bound & -bound) === bound) return Math.floor((this.#next(31) * bound) / 2 ** 31);
    for (;;) {
      const bits = this.#next(31);
      const value = bits % bound;
      // The last bits do not have all remainders; numbers of them would be more frequent.
      if (bits - value + (bound - 1) < 2 ** 31) return value;
    }
  }

  #next(bits: number): number {
    this.#state = (this.#state * multiplier + 0xbn) & mask;
    return Number(this.#state >> BigInt(48 - bits));
  }
}
