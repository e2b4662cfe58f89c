import { label } from '../image/components.ts';
import { emptyMask, type Mask } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { partJoinedRows } from './joined-rows.ts';

const rows: readonly Box[] = [
  { x: 0, y: 20, w: 60, h: 30 },
  { x: 0, y: 60, w: 60, h: 30 },
];

function inked(...boxes: readonly Box[]): Mask {
  const mask = emptyMask(60, 120);
  for (const { x, y, w, h } of boxes)
    for (let row = y; row < y + h; row++) mask.data.fill(1, row * mask.width + x, row * mask.width + x + w);
  return mask;
}

function partsOf(...boxes: readonly Box[]) {
  const mask = inked(...boxes);
  const { components, labels } = label(mask);
  partJoinedRows(mask, labels(), { pieces: components, rows, letter: 30 });
  return label(mask).components.map(({ y, h }) => [y, y + h]);
}

describe('letters of two rows that touch', () => {
  const upper = { x: 20, y: 20, w: 20, h: 30 };
  const lower = { x: 20, y: 60, w: 20, h: 30 };

  test('are parted under the upper one, since a mark between them belongs to the lower one', () => {
    expect(partsOf(upper, { x: 26, y: 50, w: 8, h: 10 }, lower)).toEqual([
      [20, 50],
      [51, 90],
    ]);
  });

  test('are parted where the mark is thinnest', () => {
    const mark = [
      { x: 24, y: 50, w: 12, h: 4 },
      { x: 28, y: 54, w: 3, h: 2 },
      { x: 24, y: 56, w: 12, h: 4 },
    ];
    expect(partsOf(upper, ...mark, lower)).toEqual([
      [20, 54],
      [55, 90],
    ]);
  });

  test('stay one piece if the neck is as wide as art', () => {
    expect(partsOf({ x: 20, y: 20, w: 20, h: 70 })).toEqual([[20, 90]]);
  });

  test('stay as they are if the piece reaches beyond both rows', () => {
    expect(partsOf({ x: 28, y: 0, w: 4, h: 120 })).toEqual([[0, 120]]);
  });
});
