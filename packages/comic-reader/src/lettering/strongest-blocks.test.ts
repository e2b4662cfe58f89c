import type { Box } from '../page/page.ts';
import { strongestBlocks } from './strongest-blocks.ts';
import type { TextBlock } from './text-blocks.ts';

const blockOf = (letters: number, box: Box): TextBlock => ({
  ...{ ...box, balloon: null },
  lines: [{ ...box, ...{ field: 1, letters, letterHeight: 20, regular: 1, ground: 255, ink: 0 } }],
});

test('of two blocks in one place the one with more letters is kept', () => {
  const dark = blockOf(12, { x: 0, y: 0, w: 200, h: 20 });
  const insides = blockOf(7, { x: 2, y: 4, w: 190, h: 12 });
  expect(strongestBlocks([dark], [insides])).toEqual([dark]);
});

test('a block that was dropped drops no others', () => {
  const longest = blockOf(29, { x: 100, y: 0, w: 200, h: 20 });
  const rims = blockOf(10, { x: 40, y: 0, w: 120, h: 20 });
  const word = blockOf(4, { x: 0, y: 0, w: 90, h: 20 });
  expect(strongestBlocks([word, longest], [rims])).toEqual([longest, word]);
});
