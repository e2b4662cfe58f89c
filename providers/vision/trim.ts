import type { Box } from '../../domain/page.ts';

/** A line with this share of art is the frame's edge when what lies outside of it is thin. */
const FRAME = 0.6;
const STICKS_OUT = 0.2;
/** How much of a side may be shaved off: lettering and tails stick out a little, art that fades does not count. */
const MOST = 0.2;

/**
 * Shaves off what sticks out of a frame (sound effects, tails of bubbles): outer lines with little art, up to
 * the line where the frame begins at once. Art without a frame grows gradually and is left whole.
 * @param numbers the components that make up the panel
 */
export function trim(
  { labels, width }: { labels: Int32Array; width: number },
  numbers: ReadonlySet<number>,
  box: Box,
): Box {
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
  return { x: box.x + left, y: box.y + top, w: box.w - left - right, h: box.h - top - bottom };
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
