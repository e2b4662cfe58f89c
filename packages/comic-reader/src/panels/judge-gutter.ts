import { commonest } from '../image/commonest.ts';
import type { GutterRules } from './gutter-rules.ts';
import { framesEnd, type Place } from './mouth.ts';
import { indexIn, inkAbove, inkBelow, none, type Plane } from './plane.ts';
import { type Columns, type Line, yOf } from './region.ts';

/** A line, judged as the middle of a gutter. */
export interface Judged {
  /** Certainty that it is a gutter, by the art beside it, 0 to 1. */
  score: number;
  /** Share of the line that something crosses. */
  hidden: number;
  /** Distances of its sides from the line. */
  above: number;
  below: number;
  /** The ends, at the first or the last column, where it begins between the corners of two frames. */
  mouth: Mouth;
}

/** The ends of a gutter at which it begins between two frames. */
interface Mouth {
  first: boolean;
  last: boolean;
}

const unlike: Judged = { score: 0, hidden: 1, above: 0, below: 0, mouth: { first: false, last: false } };

/** Weight of places where something crosses a gutter and hides it: they are weak evidence against it. */
const hiddenWeight = 0.4;
/** Largest hidden share under strict rules: a gutter is clean except for a line or two across it. */
const strictlyHidden = 0.05;

/**
 * Values of a place on a gutter's middle: two even edges, one even and one uneven (drawn by hand), one even and none (white
 * art), two uneven ones.
 */
const both = 1;
const oneUneven = 0.85;
const one = 0.6;
const uneven = 0.3;
/**
 * Factor for a place that is not connected with the page's edge: the white between bars in a picture looks like a gutter.
 */
const enclosed = 0.4;

/** Least thickness of a frame's line that closes a gutter at its end: a bar within a picture ends in such lines. */
const closedPixels = 2;
/** Factor for a closed gutter, which therefore has to be whole on both sides; a barred one is never cut. */
const closedValue = 0.75;
const barredValue = 0.5;

/**
 * Where the frames of two panels end next to each other, a gutter begins: in a picture no frame does. It needs no more than this many
 * thicknesses between two even edges, if the rest of it is hidden.
 */
const mouth = 2;
/** Share of what is visible of such a gutter that has both edges. */
const bothAlong = 0.9;

/** Largest deviation of an even edge. */
const even = 2;
/** Least share of its region along which a gutter has panels. */
const leastOfRegion = 0.5;

/** The surroundings of a line, at each of its places. */
interface Beside {
  /** Distances to the next ink, or `none`. */
  up: Uint16Array;
  down: Uint16Array;
  /** 1 where the place is in the gutter's colour. */
  open: Uint8Array;
  columns: Uint16Array;
  count: number;
}

const placesFor = (columns: number): Beside => ({
  up: new Uint16Array(columns),
  down: new Uint16Array(columns),
  open: new Uint8Array(columns),
  columns: new Uint16Array(columns),
  count: 0,
});

/** Used for one line after the other, since thousands of lines are judged. */
let places = placesFor(0);

/** Measures how far the next ink is from each place of a line; returns null if there is not enough room for panels. */
function lookBeside(
  plane: Plane,
  { from, top, bottom }: Columns,
  line: Line,
  { smallest, thickest }: GutterRules,
): Beside | null {
  if (places.up.length < top.length) places = placesFor(top.length);
  const { up, down, open, columns } = places;
  let [count, room] = [0, 0];
  for (let column = 0; column < top.length; column++) {
    const x = from + column;
    const y = Math.round(yOf(line, x));
    const [first, last] = [top[column] as number, bottom[column] as number];
    if (y <= first || y >= last - 1) continue;
    room += Math.min(y - first, last - y);
    const above = inkAbove(plane, x, y, Math.min(y - first, thickest));
    const below = inkBelow(plane, x, y, Math.min(last - y, thickest) - 1);
    // Beside both panels there is nothing to divide.
    const isBeside =
      above === none &&
      below === none &&
      inkAbove(plane, x, y, y - first) === none &&
      inkBelow(plane, x, y, last - y - 1) === none;
    if (isBeside) continue;
    columns[count] = column;
    up[count] = above;
    down[count] = below;
    open[count] = plane.art[indexIn(plane, x, y)] ? 0 : 1;
    count++;
  }
  if (room < smallest * count) return null;
  // Something that sticks out of a panel makes its region larger; beyond the corners of the panels there is nothing to divide.
  const isBeyond = (i: number) => up[i] === none && down[i] === none && open[i] === 1;
  let [begin, end] = [0, count];
  while (begin < end && isBeyond(begin)) begin++;
  while (end > begin && isBeyond(end - 1)) end--;
  if (end - begin < leastOfRegion * top.length) return null;
  return {
    up: up.subarray(begin, end),
    down: down.subarray(begin, end),
    open: open.subarray(begin, end),
    columns: columns.subarray(begin, end),
    count: end - begin,
  };
}

/** Judges how well straight edges on both sides of a line explain it as the middle of a gutter. */
export function judge(plane: Plane, region: Columns, line: Line, rules: GutterRules): Judged {
  const beside = lookBeside(plane, region, line, rules);
  if (!beside) return unlike;
  const { up, down, open, columns: xs, count } = beside;
  // The larger the slope, the more lines of a picture look like it, but seldom two parallel ones with nothing between.
  const isSteep = Math.abs(line.slope) > rules.steep;
  const strict = rules.strict || isSteep;
  const [most, mostBelow] = [commonest(up, rules.thickest), commonest(down, rules.thickest)];
  // What hides most of a gutter does not show how wide it is.
  const isMostlyHidden = Math.min(most, mostBelow) === 0;
  if (isMostlyHidden && strict) return unlike;
  const upper =
    most ||
    commonest(
      up.filter((distance) => distance > 0),
      rules.thickest,
    );
  const lower =
    mostBelow ||
    commonest(
      down.filter((distance) => distance > 0),
      rules.thickest,
    );
  if (upper + lower - 1 < rules.thin) return unlike;
  const onUpper = inRuns(up, upper, rules.run);
  const onLower = inRuns(down, lower, rules.run);
  let [value, hidden, seen, visible] = [0, 0, 0, 0];
  const isHidden = (i: number) => !onUpper[i] && !onLower[i] && !open[i];
  for (let i = 0; i < count; i++) {
    if (isHidden(i)) {
      hidden++;
      continue;
    }
    const sides = (onUpper[i] as number) + (onLower[i] as number);
    const ends = (up[i] === none ? 0 : 1) + (down[i] === none ? 0 : 1);
    const own = placeValue(sides, ends, strict);
    value += own * (open[i] ? 1 : enclosed);
    // Where nothing is on either side another gutter crosses it.
    if (!open[i] || ends === 0) continue;
    seen++;
    visible += own;
  }
  let [start, end] = [0, 0];
  while (start < count && isHidden(start)) start++;
  while (end < count && isHidden(count - 1 - end)) end++;
  const sides = { hidden: hidden / count, above: upper, below: lower };
  const placeAt = (i: number): Place => {
    const x = region.from + (xs[i] as number);
    return { x, y: Math.round(yOf(line, x)) };
  };
  const isClean = (i: number) => open[i] === 1 && onUpper[i] === 1 && onLower[i] === 1;
  /** Returns whether a gutter begins between two frames that end there, and runs on between their sides. */
  const hasMouth = (end: number, step: 1 | -1): boolean => {
    let first = 0;
    // What sticks out of a panel makes the gutter begin further out.
    while (first < rules.thickest && open[end + step * first] && !isClean(end + step * first)) first++;
    let last = first;
    while (isClean(end + step * last)) last++;
    if (last - first < Math.max(mouth * (upper + lower), rules.run)) return false;
    return framesEnd(plane, placeAt(end + step * first), { above: upper, below: lower }, rules.run);
  };
  const mostlyEven = visible >= bothAlong * seen;
  if (!isSteep && rules.mouths > 0 && mostlyEven) {
    const mouth = { first: hasMouth(0, 1), last: hasMouth(count - 1, -1) };
    if (Number(mouth.first) + Number(mouth.last) >= rules.mouths)
      return { ...sides, mouth, score: Math.max(rules.explained, value / count) };
  }
  if (strict && hidden > strictlyHidden * count) return unlike;
  if (isMostlyHidden) return unlike;
  const closed = Math.min(start, end) >= closedPixels;
  // Only lines at both ends: a frame around it, not bubbles on it.
  const barred = closed && Math.max(start, end) <= rules.smallest / 5;
  const score = value / Math.max(1, count - (1 - hiddenWeight) * hidden);
  return {
    ...unlike,
    ...sides,
    score: barred ? score * barredValue : closed ? score * closedValue : score,
  };
}

/** Returns the value of a place by its even edges, and how many of its two sides have any. */
function placeValue(evenSides: number, sides: number, strict: boolean): number {
  if (evenSides === 2) return both;
  if (strict) return 0;
  if (evenSides === 1) return sides === 2 ? oneUneven : one;
  return sides === 2 ? uneven : 0;
}

/** Returns which places have a distance in common with their neighbours: those of a frame, not those of letters. */
function inRuns(distances: ArrayLike<number>, wanted: number, least: number): Uint8Array {
  const on = new Uint8Array(distances.length);
  let start = 0;
  for (let i = 0; i <= distances.length; i++) {
    if (i < distances.length && Math.abs((distances[i] as number) - wanted) <= even) continue;
    if (i - start >= least) on.fill(1, start, i);
    start = i + 1;
  }
  return on;
}
