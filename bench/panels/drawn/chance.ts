/** Returns the next number of a repeatable row, from 0 up to 1. */
export type Chance = () => number;

/** The same numbers for the same seed, so that a page that fails can be drawn again (Mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number, both ends included. */
export const between = (chance: Chance, least: number, most: number) =>
  Math.floor(least + chance() * (most - least + 1));

export const pick = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.min(from.length - 1, Math.floor(chance() * from.length))] as T;
