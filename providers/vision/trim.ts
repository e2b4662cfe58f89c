import type { Box } from '../../domain/page.ts';
import { union } from './raster.ts';
import type { Region } from './region.ts';

/** A line with this share of art is the frame's edge when what lies outside of it is thin. */
const FRAME = 0.6;
const STICKS_OUT = 0.2;
/** How much of a side may be shaved off: lettering and tails stick out a little, art that fades does not count. */
const MOST = 0.2;

/** Which sides of a panel end in a straight edge that runs along most of it. */
export interface Firm {
  top: boolean;
  bottom: boolean;
  left: boolean;
  right: boolean;
}

/**
 * Shaves off what sticks out of a frame (sound effects, tails of bubbles): outer lines with little art, up to
 * the line where the frame begins at once. Art without a frame grows gradually and is left whole.
 * @param numbers the components that make up the panel
 */
export function trim(
  { labels, width }: { labels: Int32Array; width: number },
  numbers: ReadonlySet<number>,
  box: Box,
): { box: Box; firm: Firm } {
  const rows = new Float64Array(box.h);
  const columns = new Float64Array(box.w);
  for (let y = 0; y < box.h; y++) {
    for (let x = 0; x < box.w; x++) {
      if (!numbers.has(labels[(box.y + y) * width + box.x + x] as number)) continue;
      rows[y] = (rows[y] as number) + 1 / box.w;
      columns[x] = (columns[x] as number) + 1 / box.h;
    }
  }
  const top = shave(rows, 1);
  const bottom = shave(rows, -1);
  const left = shave(columns, 1);
  const right = shave(columns, -1);
  const tight = { x: box.x + left, y: box.y + top, w: box.w - left - right, h: box.h - top - bottom };
  const firm = {
    top: isFirm(rows, top, 1),
    bottom: isFirm(rows, box.h - 1 - bottom, -1),
    left: isFirm(columns, left, 1),
    right: isFirm(columns, box.w - 1 - right, -1),
  };
  return { box: tight, firm };
}

/** How many lines to take off one end. */
function shave(share: Float64Array, step: 1 | -1): number {
  const at = (i: number) => (step > 0 ? share[i] : share[share.length - 1 - i]) as number;
  const most = Math.floor(share.length * MOST);
  for (let i = 0; i <= most; i++) {
    if (at(i) >= FRAME) return i;
    // Between thin and frame there may be a few lines of blur.
    if (at(i) > STICKS_OUT && !(at(Math.min(i + 4, share.length - 1)) >= FRAME)) return 0;
  }
  return 0;
}

function isFirm(share: Float64Array, from: number, step: 1 | -1): boolean {
  for (let i = 0; i < 5; i++) if ((share[from + step * i] ?? 0) >= FRAME) return true;
  return false;
}

/**
 * A bubble in the gutter's colour that opens into the gutter takes a bite out of its panel; its letters tell
 * how far the panel reached. Sides with a straight edge stay where they are: what stands beyond is a footnote.
 * @param gap the farthest that one letter may be from the next
 */
export function reachLettering(
  box: Box,
  firm: Firm,
  region: Region,
  lettering: readonly Box[],
  gap: number,
): Box {
  let reached = box;
  let rest = lettering.filter((l) => inRegion(l, region));
  for (let grown = true; grown; ) {
    grown = false;
    for (const letter of rest) {
      const next = union(reached, letter);
      const moves = [
        { by: reached.y - next.y, allowed: !firm.top },
        { by: next.y + next.h - reached.y - reached.h, allowed: !firm.bottom },
        { by: reached.x - next.x, allowed: !firm.left },
        { by: next.x + next.w - reached.x - reached.w, allowed: !firm.right },
      ].filter((move) => move.by > 0);
      if (!moves.every((move) => move.allowed && move.by <= gap)) continue;
      rest = rest.filter((other) => other !== letter);
      if (moves.length > 0) grown = true;
      reached = next;
    }
  }
  return reached;
}

function inRegion(box: Box, { top, left, right }: Region): boolean {
  const i = Math.round(box.y + box.h / 2) - top;
  const x = box.x + box.w / 2;
  return i >= 0 && i < left.length && x >= (left[i] as number) && x < (right[i] as number);
}
