import { peakOf } from '../image/commonest.ts';
import type { Component, Labelling } from '../image/components.ts';

/** Least length of an arm, in its thicknesses, and of the whole, in thicknesses of the widest gutter. */
const long = 3;
const longWhole = 4;
/** Share of a closed gutter that belongs to its arms, and of an arm that is as thick as most of it. */
const inArms = 0.75;
const even = 0.7;
/** Rows and columns from one that is measured to the next. */
const every = 4;

/**
 * Finds areas of the gutter's colour that consist of level and upright arms as thick as gutters: junctions of gutters that figures and
 * bubbles close on all sides.
 * @param thickest largest thickness of a gutter, in pixels
 */
export function closedGutters(
  { components, labels }: Labelling,
  width: number,
  thickest: number,
): Set<Component> {
  const isLikely = (c: Component) =>
    !c.touchesEdge &&
    Math.min(c.w, c.h) > thickest &&
    Math.max(c.w, c.h) >= longWhole * thickest &&
    2 * c.area <= c.w * c.h;
  const likely = components.filter(isLikely);
  if (likely.length === 0) return new Set();
  const numbers = labels(isLikely);
  return new Set(likely.filter((c) => hasEvenArms(numbers, width, c, thickest)));
}

/** Measures arms in some rows and columns of the component. */
function hasEvenArms(numbers: Int32Array, width: number, c: Component, thickest: number): boolean {
  const first = c.y * width + c.x;
  const upright = crossed(numbers, c, { first, along: 1, across: width, length: c.w, count: c.h }, thickest);
  const level = crossed(numbers, c, { first, along: width, across: 1, length: c.h, count: c.w }, thickest);
  let area = 0;
  for (const thicknesses of [upright, level]) {
    const all = thicknesses.reduce((sum, count, thickness) => sum + count * thickness, 0);
    const { at } = peakOf(thicknesses);
    const same = [at - 1, at, at + 1].reduce((sum, i) => sum + i * (thicknesses[i] ?? 0), 0);
    if (same < even * all) return false;
    area += all * every;
  }
  return area >= inArms * c.area;
}

interface Lines {
  first: number;
  along: number;
  across: number;
  length: number;
  count: number;
}

/** Returns how many arms of each thickness some rows cross. */
function crossed(numbers: Int32Array, { label }: Component, lines: Lines, thickest: number): Uint32Array {
  const { first, along, across, length, count } = lines;
  const thicknesses = new Uint32Array(thickest + 1);
  for (let row = every >> 1; row < count; row += every) {
    const start = first + row * across;
    let from = -1;
    for (let i = 0; i <= length; i++) {
      const isOwn = i < length && numbers[start + i * along] === label;
      if (isOwn && from < 0) from = i;
      if (isOwn || from < 0) continue;
      const thickness = i - from;
      const far = Math.ceil((long * thickness) / 2);
      const middle = start + (from + (thickness >> 1)) * along;
      const continues =
        (row >= far && numbers[middle - far * across] === label) ||
        (row + far < count && numbers[middle + far * across] === label);
      if (thickness <= thickest && continues) thicknesses[thickness] = (thicknesses[thickness] as number) + 1;
      from = -1;
    }
  }
  return thicknesses;
}
