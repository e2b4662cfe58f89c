import { randomFrom } from '../../../load/random.ts';

/** Returns the next number of a repeatable row, from 0 up to 1. */
export type Chance = () => number;

/** The same numbers for the same seed, so that a page that fails can be drawn again. */
export const chanceOf: (seed: number) => Chance = randomFrom;

/** A whole number, both ends included. */
export const between = (chance: Chance, least: number, most: number) =>
  Math.floor(least + chance() * (most - least + 1));

export const pick = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.min(from.length - 1, Math.floor(chance() * from.length))] as T;
