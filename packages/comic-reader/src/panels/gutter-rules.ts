/** Required look of a gutter. Lengths are in raster pixels. */
export interface GutterRules {
  /** Least thickness. */
  thin: number;
  /** Thickness of a perfectly clean gap that divides even art without frames. */
  wide: number;
  /** Least width and height of a part. */
  smallest: number;
  /** Largest thickness: panels further apart have room for something between them. */
  thickest: number;
  /** Least length of an edge's run; shorter ones are letters and hatching. */
  run: number;
  /** Largest slope of a slanted gutter. */
  lean: number;
  /** Slope from which a gutter needs both sides, and nothing across it. */
  steep: number;
  /** Only clean gutters with art along both sides count, since nothing else shows that the colour is a gutter's. */
  strict: boolean;
  /** Number of its ends at which it begins between two frames if something hides most of it; 0 if it has to be visible. */
  mouths: number;
  /** Least share of a gutter that straight edges of art at its sides have to explain. */
  explained: number;
}

/** Returns the rules for gutters in the colour of the page's border. */
export function rulesFor({ width, height }: { width: number; height: number }): GutterRules {
  const side = Math.min(width, height);
  return {
    strict: false,
    mouths: 1,
    // Less than one straight side along all of it (`ONE`), since white art has no other. For a gutter with both sides it
    // means a third of its length, which lines within a picture have only by chance.
    explained: 0.55,
    thin: Math.max(2, Math.round(side * 0.004)),
    wide: Math.max(8, Math.round(side * 0.03)),
    smallest: Math.max(1, Math.round(side * 0.05)),
    thickest: Math.max(1, Math.round(side * 0.06)),
    run: Math.max(1, Math.round(Math.max(width, height) * 0.021)),
    // Steeper ones are almost as far from either direction, and hatching is at 45°.
    lean: 0.75,
    steep: 0.5,
  };
}

/** Returns the rules for gutters that are lighter than the frame lines on both sides, and hardly wider. */
export const betweenFrames = (rules: GutterRules): GutterRules => ({
  ...rules,
  strict: true,
  // A line of a picture can end at the frame once.
  mouths: 2,
  // Lines of a picture are parallel along a part of their length, frame lines along all of it.
  explained: 0.9,
  thin: 1,
  thickest: rules.thin + 1,
  wide: Number.POSITIVE_INFINITY,
});

/** Returns the rules for gutters in a colour that pictures have as well, such as the black of a night sky. */
export const strictly = (rules: GutterRules): GutterRules => ({
  ...rules,
  strict: true,
  mouths: 0,
  // Only places with both sides count, so this is their share. Bubbles and figures can take a quarter.
  explained: 0.75,
  // A clean band alone is a sky.
  wide: Number.POSITIVE_INFINITY,
  // With larger slopes there are more lines to try, and more of them fit by chance.
  lean: 0.2,
});
