import { randomFrom } from '../../../load/random.ts';

/** Returns the next number of a reproducible sequence, from 0 up to 1. */
export type Chance = () => number;

/** The same seed gives the same numbers, so that a failing page can be drawn again. */
export const chanceOf: (seed: number) => Chance = randomFrom;

/** Returns a whole number, both ends included. */
export const between = (chance: Chance, least: number, most: number) =>
  Math.floor(least + chance() * (most - least + 1));

export const pick = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.min(from.length - 1, Math.floor(chance() * from.length))] as T;
