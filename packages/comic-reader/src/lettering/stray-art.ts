import type { Mask, Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { evenGreys, groundAround } from './ground-around.ts';
import { type Letter, middleHeight } from './letter-rows.ts';

/** Removes pieces on another ground than most: the rim of a bubble, and art beyond it. */
export function onCommonGround(page: Raster, ink: Mask, row: Letter[]): Letter[] {
  const grounds = row.map((letter) => groundAround(page, ink, letter));
  const usual = [...grounds].sort((a, b) => a - b)[row.length >> 1] as number;
  const kept = row.filter((_, i) => Math.abs((grounds[i] as number) - usual) <= evenGreys);
  return kept.length > 1 ? kept : row;
}

/** Removes art beside a bubble, in line with its words: pieces at a row's ends, a space apart, on another ground. */
export function withoutArtAtEnds(page: Raster, ink: Mask, row: Letter[]): Letter[] {
  if (row.length < 4) return row;
  const sorted = [...row].sort((a, b) => a.x - b.x);
  const grounds = sorted.map((letter) => groundAround(page, ink, letter));
  const usual = [...grounds].sort((a, b) => a - b)[row.length >> 1] as number;
  const space = 0.3 * middleHeight(row);
  const foreign = (i: number) => Math.abs((grounds[i] as number) - usual) > 2 * evenGreys;
  const ends = (i: number) => (sorted[i] as Letter).x + (sorted[i] as Letter).w;
  let from = 0;
  let to = sorted.length;
  for (let i = 0; i < sorted.length - 1 && foreign(i); i++)
    if ((sorted[i + 1] as Box).x - ends(i) > space) from = i + 1;
  for (let i = sorted.length - 1; i > from && foreign(i); i--)
    if ((sorted[i] as Letter).x - ends(i - 1) > space) to = i;
  return to - from < 2 ? row : sorted.slice(from, to);
}

/** Largest height of a letter with its marks, in the usual one of its row. */
const highest = 2.2;

/** Removes pieces of art that are in line with the letters: too high, or off the row's middle. */
export function withoutStrangers(row: Letter[]): Letter[] {
  const height = middleHeight(row);
  const middles = row.map((l) => l.y + l.h / 2).sort((a, b) => a - b);
  const middle = middles[middles.length >> 1] as number;
  const kept = row.filter((l) => l.h <= highest * height && Math.abs(l.y + l.h / 2 - middle) <= 1.1 * height);
  return kept.length > 0 ? kept : row;
}
