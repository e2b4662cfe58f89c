import { crop, type Mask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { borderColour, type GutterColour, sameColour } from './gutter.ts';
import { rulesFor } from './gutter-rules.ts';
import { isSpeech, reachingEdge, tallestIn } from './speech-alone.ts';
import { scenes } from './strip.ts';

/** Rows beside a scene that show its ground. */
const beside = 2;
/** Largest distance of an edge of a panel from a row. */
const even = 1;
/** Least share of the columns with panels above and below in which ground reaches from one panel to the other. */
const leastSeen = 0.3;

/** A strip, and whether something other than speech reaches from one panel to another. */
export interface ClearedStrip {
  page: Raster;
  unsure: boolean;
}

/**
 * Returns a strip with the ground between panels cleared of what joins them, such as a balloon that overlaps both. The ground has a
 * straight panel's edge above it and one below it, is open to a side of the strip, and can have any height.
 */
export function withoutJoins(page: Raster): ClearedStrip {
  const { width } = page;
  let data: Uint8Array | null = null;
  let unsure = false;
  for (const part of scenes(page)) {
    const ground = groundBeside(page, part);
    if (!ground) continue;
    const open = reachingEdge(sameColour(crop(page, part), ground));
    for (const { from, to } of gapsIn(open)) {
      const gap = { x: 0, y: part.y + from, w: width, h: to - from };
      const between = { width, height: gap.h, data: open.data.subarray(from * width, to * width) };
      unsure ||= !isSpeech(crop(page, gap), between, tallestIn(gap.h, width));
      data ??= new Uint8Array(page.data);
      for (let at = 3 * gap.y * width; at < 3 * (gap.y + gap.h) * width; at += 3) data.set(ground.colour, at);
    }
  }
  return { page: data ? { ...page, data } : page, unsure };
}

/** Returns the ground above a scene, or below it; null if the scene is the whole strip. */
function groundBeside({ width, height, data }: Raster, { y, h }: Box): GutterColour | null {
  const top = y >= beside ? y - beside : y + h;
  if (top + beside > height) return null;
  const rows = data.subarray(3 * top * width, 3 * (top + beside) * width);
  return borderColour({ width, height: beside, channels: 3, data: rows }, 1);
}

interface Gap {
  from: number;
  to: number;
}

/** Finds the rows between two panels above each other, where more separates them than a gutter. */
function gapsIn({ width, height, data }: Mask): Gap[] {
  const { thickest, smallest } = rulesFor({ width, height: width });
  const seen = new Map<number, number>();
  const [first, last] = [new Int32Array(width).fill(height), new Int32Array(width).fill(-1)];
  for (let x = 0; x < width; x++) {
    let start = 0;
    for (let y = 0; y <= height; y++) {
      if (y < height && data[y * width + x]) continue;
      if (y - start > thickest && start >= smallest && y <= height - smallest) {
        const key = start * height + y;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      start = y + 1;
      if (y === height) break;
      first[x] = Math.min(first[x] as number, y);
      last[x] = y;
    }
  }
  const gaps = [...seen.keys()].map((key) => {
    const [from, to] = [Math.floor(key / height), key % height];
    let count = 0;
    for (let top = from - even; top <= from + even; top++)
      for (let end = to - even; end <= to + even; end++) count += seen.get(top * height + end) ?? 0;
    return { from, to, count };
  });
  const found: Gap[] = [];
  for (const { from, to, count } of gaps.sort((a, b) => b.count - a.count)) {
    if (count < smallest) break;
    if (found.some((gap) => from < gap.to && to > gap.from)) continue;
    let shared = 0;
    for (let x = 0; x < width; x++) if ((first[x] as number) < from && (last[x] as number) >= to) shared++;
    if (count >= leastSeen * shared) found.push({ from, to });
  }
  return found;
}
