/**
 * Limits from which a video is too much like an earlier one. `make bench WHAT=likeness` prints how far apart planted duplicates
 * and other videos are, and docs/likeness.md gives the reasons. All are shares from 0 to 1.
 */
export const limits = {
  /** Words of two sentences in the same order: a sentence of ten words has two others, or other names. */
  sentence: 0.7,
  /** The same for openings, which are longer: two that have nothing in common share a third, by common words. */
  opening: 0.6,
  /** The same for the titles' own parts. */
  headline: 0.7,
  /** Sentences of one video that the other has, too: YouTube asks for a different bulk. */
  structure: 0.33,
  /** Correlation of two pictures. */
  picture: 0.85,
  /** Pictures of one video that the other has, too: then it is the same chapter. */
  pictures: 0.5,
};

/** With less there is nothing to compare, in sentences, words and pictures. */
export const enough = { sentences: 8, openingWords: 16, headlineWords: 5, pictures: 3 };
