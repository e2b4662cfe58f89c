import { type Component, label } from '../image/components.ts';
import type { Fields } from '../image/fields.ts';
import { emptyMask, type Mask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import type { TextLine } from './text-line.ts';

/** A closed shape with lettering in it. */
export interface Balloon extends Box {
  /** Share of its box that it fills: nearly all for a board or a caption's box. */
  solid: number;
  /** It has four straight sides, like boxes and boards, also in perspective. */
  straight: boolean;
}

/** A field with a larger share of the page is its paper, or a panel's ground. */
const largest = 0.3;
/** Range of grey of a balloon's ground; a face or a shirt has shades. */
const evenGreys = 22;
const evenShare = 0.95;
/** Share of its box that a balloon fills, and the share of lettering in what is inside. */
const solidShare = { lettered: 0.45, scrap: 0.7 };
const lettering = { lettered: 0.85, scrap: 0.95 };
/** Letters of a row that is not a chance: fewer can be folds of a shirt, or eyes. */
const rows = 5;
/** Room for marks and points around a row, in heights of its letters. */
const marks = 0.75;
/**
 * Share of a shape's area that is between its four outermost corners if it has four straight sides, with slightly round or
 * blurred corners; of an ellipse it is 0.64.
 */
const fourSided = 0.87;
/** The blur of strokes and outlines is not a tone of the ground. */
const blur = 2;

/**
 * Finds the balloons and boxes of captions among the fields of a page: closed shapes on even ground with only lettering
 * in them.
 * @param page grey
 * @param lines possible lettering
 * @returns balloons by the number of their field
 */
export function findBalloons(page: Raster, fields: Fields, lines: readonly TextLine[]): Map<number, Balloon> {
  const byField = new Map<number, TextLine[]>();
  for (const line of lines) byField.set(line.field, [...(byField.get(line.field) ?? []), line]);
  byField.delete(0);
  const balloons = new Map<number, Balloon>();
  for (const [number, own] of byField) {
    const { x, y, w, h } = fields.fields[number - 1] as Component;
    const shape: Shape = { number, box: { x, y, w, h }, lines: own };
    const balloon = w * h <= largest * page.width * page.height ? balloonOf(page, fields, shape) : null;
    if (balloon) balloons.set(number, balloon);
  }
  return balloons;
}

interface Shape {
  /** Number of its field. */
  number: number;
  box: Box;
  lines: readonly TextLine[];
}

function balloonOf(page: Raster, fields: Fields, shape: Shape): Balloon | null {
  const inRows = shape.lines.reduce((sum, { letters }) => sum + (letters > 1 ? letters : 0), 0);
  const kind = inRows >= rows ? 'lettered' : 'scrap';
  if (evenness(page, fields, shape) < evenShare) return null;
  const { solid, lettered, straight } = contents(fields, shape);
  return solid >= solidShare[kind] && lettered >= lettering[kind] ? { ...shape.box, solid, straight } : null;
}

/** Returns the share of a field that has the same grey as the ground of its lettering. */
function evenness(page: Raster, { labels, width }: Fields, { number, box, lines }: Shape): number {
  const { ground } = lines[0] as TextLine;
  const steps = [0, -blur, blur, -blur * width, blur * width];
  let [even, bare] = [0, 0];
  for (let y = box.y; y < box.y + box.h; y++) {
    for (let at = y * width + box.x; at < y * width + box.x + box.w; at++) {
      if (!steps.every((step) => labels[at + step] === number)) continue;
      bare++;
      if (Math.abs((page.data[at] as number) - ground) <= evenGreys) even++;
    }
  }
  return even / Math.max(1, bare);
}

/** Returns the share of its box that a field fills with its contents, and the share of lettering in these. */
function contents(
  fields: Fields,
  { number, box, lines }: Shape,
): { solid: number; lettered: number; straight: boolean } {
  const others = othersIn(fields, number, box);
  // The frame around the box connects everything outside: it is the first component.
  const { labels, components } = label(others);
  const [outside, ...inside] = components as [Component, ...Component[]];
  let [all, letters] = [0, 0];
  for (const piece of inside) {
    const [x, y] = [box.x - 1 + piece.x + piece.w / 2, box.y - 1 + piece.y + piece.h / 2];
    all += piece.area;
    if (lines.some((line) => isAt(line, x, y))) letters += piece.area;
  }
  const filled = others.width * others.height - outside.area;
  return {
    solid: filled / (box.w * box.h),
    lettered: letters / Math.max(1, all),
    straight: isFourSided(labels(), others, outside.label),
  };
}

/** Returns whether a shape fills the area between its four outermost corners. */
function isFourSided(labels: Int32Array, { width, height }: Mask, outside: number): boolean {
  const most = [
    [1, 1],
    [-1, 1],
    [-1, -1],
    [1, -1],
  ].map(([right = 0, down = 0]) => ({ right, down, reach: Number.NEGATIVE_INFINITY, x: 0, y: 0 }));
  let filled = 0;
  const each = (see: (x: number, y: number) => void) => {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (labels[y * width + x] !== outside) see(x, y);
  };
  each((x, y) => {
    filled++;
    for (const corner of most) {
      const reach = x * corner.right + y * corner.down;
      if (reach <= corner.reach) continue;
      corner.reach = reach;
      corner.x = x;
      corner.y = y;
    }
  });
  const sides = most.map((from, i) => ({ from, to: most[(i + 1) % most.length] as typeof from }));
  const area = sides.reduce((sum, { from, to }) => sum + from.x * to.y - to.x * from.y, 0) / 2;
  let between = 0;
  each((x, y) => {
    for (const { from, to } of sides)
      if ((to.x - from.x) * (y - from.y) < (to.y - from.y) * (x - from.x)) return;
    between++;
  });
  return between > fourSided * filled && between > fourSided * area;
}

/** Returns everything except the field, in its box and a frame of one pixel around it. */
function othersIn({ labels, width }: Fields, number: number, box: Box): Mask {
  const others = emptyMask(box.w + 2, box.h + 2);
  others.data.fill(1);
  for (let y = 0; y < box.h; y++) {
    for (let x = 0; x < box.w; x++) {
      if (labels[(box.y + y) * width + box.x + x] === number) others.data[(y + 1) * others.width + x + 1] = 0;
    }
  }
  return others;
}

/** Returns whether a point is in a row or in the room for its marks and points. */
const isAt = ({ x, y, w, h, letterHeight }: TextLine, atX: number, atY: number): boolean =>
  atX > x - letterHeight &&
  atX < x + w + letterHeight &&
  atY > y - marks * letterHeight &&
  atY < y + h + marks * letterHeight;
