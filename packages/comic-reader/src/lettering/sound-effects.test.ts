import type { Raster } from '../image/raster.ts';
import { usualHeight } from './sound-effects.ts';
import type { TextBlock } from './text-blocks.ts';

const page: Raster = { width: 1000, height: 1000, channels: 1, data: new Uint8Array(0) };
const blockOf = (letters: number, letterHeight: number, count: number): TextBlock => ({
  ...{ x: 0, y: 0, w: 100, h: 100, balloon: null },
  lines: Array.from({ length: count }, () => ({
    ...{ x: 0, y: 0, w: 100, h: 20, field: 1, letters, letterHeight, regular: 1 },
    ...{ ground: 255, ink: 0 },
  })),
});

test('the usual height of letters is that of rows, however many dots of a screentone are on the page', () => {
  expect(usualHeight(page, [blockOf(12, 16, 3), blockOf(1, 6, 200)])).toBe(16);
});
