import type { Raster } from '../image/raster.ts';
import { darkenFaintMarks } from './faint-marks.ts';

function picture(x: number, y: number, side: number, grey: number): Raster {
  const data = new Uint8Array(100 * 60).fill(255);
  for (let row = y; row < y + side; row++) data.fill(grey, row * 100 + x, row * 100 + x + side);
  return { width: 100, height: 60, channels: 1, data };
}

const darkest = ({ data }: Raster) => Math.min(...data);

test.each([
  ['a grey dot is as dark as ink', 4, 160, 60],
  ['a grain stays grey', 1, 160, 160],
  ['a grey area stays grey', 30, 160, 160],
  ['a dark dot stays as it is', 4, 100, 100],
  ['a shade of the paper stays as it is', 4, 220, 220],
])('%s', (_, side, grey, expected) => {
  const drawn = picture(20, 20, side, grey);
  darkenFaintMarks(drawn, 24);
  expect(darkest(drawn)).toBe(expected);
});
