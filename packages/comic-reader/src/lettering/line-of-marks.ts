import { type Mask, type Raster, union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { groundAround } from './ground-around.ts';
import { type Letter, middleHeight } from './letter-rows.ts';
import type { TextLine } from './text-line.ts';

/** Measures a row by the strokes of its marks and the ground close to them, whatever is farther away. */
export function lineOf(page: Raster, ink: Mask, row: readonly Letter[]): TextLine {
  const tones = row.flatMap(({ x, y, w, h }) =>
    Array.from({ length: w * h }, (_, i) => (y + Math.floor(i / w)) * page.width + x + (i % w)).filter(
      (at) => ink.data[at],
    ),
  );
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
  return {
    ...row.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union),
    field: 0,
    letters: row.length,
    letterHeight: middleHeight(row),
    regular: 1,
    ground: middle(row.map((letter) => groundAround(page, ink, letter))),
    ink: middle(tones.map((at) => page.data[at] as number)),
  };
}
