/** Repeatable random numbers, 0 up to 1. */
export type Chance = () => number;

/** Mulberry32 by Tommy Ettinger, public domain: all 32-bit seeds give unrelated numbers. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (chance: Chance, from: number, to: number) => from + chance() * (to - from);

export const pick = <T>(chance: Chance, of: readonly T[]): T => of[Math.floor(chance() * of.length)] as T;
