/** Capitals of two upright strokes, which differ in what stands between these. */
export type Upright = 'H' | 'M' | 'N';

/** A mark over a letter: its size in the letter's height, and how far its ink runs along a slope (−1 to 1). */
export interface MarkLook {
  w: number;
  h: number;
  /** Positive where it falls to the right, as a grave does. */
  slope: number;
}

/** What can be seen of a letter without knowing letters. */
export interface LetterLook {
  /** Marks over it, from the top; null where one can be part of the letter's own ink. */
  above: MarkLook[] | null;
  /** Marks under it. */
  below: number;
  /** How far it reaches below the line, in the height of its word's highest letter. */
  drop: number;
  /** Of what was read as a capital H, what its shape is. */
  upright: Upright | null;
}

/** Ink of a picture by the piece that it belongs to. */
export interface Ink {
  labels: Int32Array;
  width: number;
}
