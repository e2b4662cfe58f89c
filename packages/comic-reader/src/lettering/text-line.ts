import type { Letter } from './letter-rows.ts';

/** A row of letters on an even ground, and the number of their field. */
export interface TextLine extends Letter {
  letters: number;
  /** Median height of its letters, in pixels. */
  letterHeight: number;
  /** Share of its letters that are on one line and have the usual height, within what hands vary. */
  regular: number;
  /** Grey of the ground and of the ink, 0 to 255. */
  ground: number;
  ink: number;
}
