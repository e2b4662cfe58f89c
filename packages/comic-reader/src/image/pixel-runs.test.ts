import { runsOf } from './pixel-runs.ts';
import { type Mask, without } from './raster.ts';

/** Draws rows of `#` and spaces. */
const maskOf = (...rows: string[]): Mask => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.join(''), (pixel) => (pixel === '#' ? 1 : 0)),
});

test('a run ends with its row, wherever that is among four pixels', () => {
  expect([...runsOf(maskOf('  #######', '#########', '#        ')).ends]).toEqual([2, 9, 9, 18, 18, 19]);
  expect([...runsOf(maskOf('          #', ' ##########')).ends]).toEqual([10, 11, 12, 22]);
});

test('an empty mask has no runs', () => {
  expect([...runsOf(maskOf('     ', '     ')).ends]).toEqual([]);
});

test('a mask without the pixels of another one keeps the rest, also behind the last four', () => {
  expect(without(maskOf('##########'), maskOf('# # # # # '))).toEqual(maskOf(' # # # # #'));
});

test('a mask that is a view into other bytes, from any of them on, has the same runs', () => {
  const mask = maskOf('  #######', '#########', '#        ');
  for (let offset = 0; offset < 4; offset++) {
    const view = new Uint8Array(offset + mask.data.length).subarray(offset);
    view.set(mask.data);
    expect(runsOf({ ...mask, data: view })).toEqual(runsOf(mask));
    expect(without(mask, { ...mask, data: view }).data.every((pixel) => pixel === 0)).toBe(true);
  }
});
