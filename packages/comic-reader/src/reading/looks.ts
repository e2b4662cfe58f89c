/** Capitals of two upright strokes, which differ in what is between these. */
export type Upright = 'H' | 'M' | 'N';

/** A mark over a letter: its size in the letter's height, and the slope of its ink (−1 to 1). */
export interface MarkLook {
  w: number;
  h: number;
  /** Positive if it falls to the right, like a grave. */
  slope: number;
}

/** Visible properties of a letter, independent of the alphabet. */
export interface LetterLook {
  /** Marks over it, from the top; null if one can be joined with the letter. */
  above: MarkLook[] | null;
  /** Number of marks under it. */
  below: number;
  /** Reach below the baseline, in the height of its word's highest letter. */
  drop: number;
  /** Shape of a letter that was read as a capital H. */
  upright: Upright | null;
}

/** Ink of a picture, labelled by piece. */
export interface Ink {
  labels: Int32Array;
  width: number;
}
