/** Reading direction of a comic: `rtl` manga, `ltr` Western comics, `ttb` webtoon strips; the reader guesses `unknown`. */
export type ReadingDirection = 'rtl' | 'ltr' | 'ttb' | 'unknown';
/** Directions that an order can follow. */
export type KnownDirection = Exclude<ReadingDirection, 'unknown'>;
