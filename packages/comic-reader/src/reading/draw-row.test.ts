import type { Raster } from '../image/raster.ts';
import type { TextLine } from '../lettering/text-line.ts';
import type { Box } from '../page/page.ts';
import { drawRow } from './draw-row.ts';

function pageWith(boxes: readonly Box[]): Raster {
  const page = { width: 200, height: 160, channels: 1, data: new Uint8Array(200 * 160).fill(255) } as const;
  for (const { x, y, w, h } of boxes)
    for (let row = y; row < y + h; row++) page.data.fill(0, row * page.width + x, row * page.width + x + w);
  return page;
}

const rowOf = (box: Box, letters: number): TextLine => ({
  ...box,
  ...{ ink: 0, ground: 255, field: 1, letters, letterHeight: 30, regular: 1 },
});

/** Returns the number of dark pixels in the picture of a row between others. */
const inkOf = (page: Raster, row: TextLine, rows: readonly TextLine[]) =>
  drawRow(page, row, rows, 1, 1).plain.data.reduce((sum, value) => sum + (value < 128 ? 1 : 0), 0);

test('a short word whose letters touch is not drawn with the row above it', () => {
  const letters = [60, 84, 108].map((x) => ({ x, y: 40, w: 18, h: 30 }));
  const row = rowOf({ x: 60, y: 40, w: 66, h: 30 }, 3);
  const word = { x: 74, y: 78, w: 36, h: 30 };
  const page = pageWith([...letters, word]);
  expect(inkOf(page, row, [row, rowOf(word, 1)])).toBe(inkOf(pageWith(letters), row, [row]));
});
