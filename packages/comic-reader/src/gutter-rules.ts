/** How a gutter has to look. Lengths in raster pixels. */
export interface GutterRules {
  /** The least thickness. */
  thin: number;
  /** A perfectly clean gap this thick parts even frameless art. */
  wide: number;
  /** No part is narrower than this. */
  smallest: number;
  /** Panels further apart are not parted by one gutter: there is room for something between them. */
  thickest: number;
  /** Shorter runs of an edge are letters and hatching. */
  run: number;
  /** Steepest lean of a slanted gutter, as change over length. */
  lean: number;
  /** One that leans more than this needs both sides, and nothing across it. */
  steep: number;
  /** Only clean gutters with art along both sides count: nothing else says that the colour is a gutter's. */
  strict: boolean;
  /** The least share of a gutter that has to be explained by straight edges of art at its sides. */
  explained: number;
}

/** Gutters in the colour of the page's border. */
export function rulesFor({ width, height }: { width: number; height: number }): GutterRules {
  const side = Math.min(width, height);
  return {
    strict: false,
    // Less than one straight side along all of it (`ONE`): white art has no other. A gutter with both sides has them along
    // a third of its length then, which lines within a picture have only by chance.
    explained: 0.55,
    thin: Math.max(2, Math.round(side * 0.004)),
    wide: Math.max(8, Math.round(side * 0.03)),
    smallest: Math.round(side * 0.05),
    thickest: Math.round(side * 0.06),
    run: Math.round(Math.max(width, height) * 0.021),
    // Steeper ones are nearly as far from either direction, and hatching runs at 45°.
    lean: 0.75,
    steep: 0.5,
  };
}

/** Returns the rules for gutters that are lighter than the frame lines on both sides, and hardly wider. */
export const betweenFrames = (rules: GutterRules): GutterRules => ({
  ...rules,
  strict: true,
  // Lines of a picture are parallel for a part of their length, frame lines for all of it.
  explained: 0.9,
  thin: 1,
  thickest: rules.thin + 1,
  wide: Number.POSITIVE_INFINITY,
});

/** Gutters in a colour that a picture has as well, as a night sky is black. */
export const strictly = (rules: GutterRules): GutterRules => ({
  ...rules,
  strict: true,
  // Only places with both sides count, so that this is their share. A quarter is left to bubbles and figures.
  explained: 0.75,
  // A clean band alone is a sky.
  wide: Number.POSITIVE_INFINITY,
  // The further a line leans, the more lines there are to try, and the more of them fit by chance.
  lean: 0.2,
});
