import { fadedLevels, stretched } from './levels.ts';

/** A page of 100 pixels in grey: the given ones, and paper. */
const page = (paper: number, ...others: number[]) => ({
  width: 100,
  height: 1,
  channels: 3 as const,
  data: Uint8Array.from({ length: 300 }, (_, at) => others[Math.floor(at / 3)] ?? paper),
});

describe('the levels of a page', () => {
  test('are not changed where its ink is black and its paper white', () => {
    expect(fadedLevels(page(255, 0, 0, 128))).toBeUndefined();
    expect(fadedLevels(page(250, 8, 8, 128))).toBeUndefined();
  });

  test('are those of its ink and paper in a faded scan', () => {
    expect(fadedLevels(page(220, 70, 70, 128))).toEqual({ ink: 70, paper: 220 });
    expect(fadedLevels(page(220, 0, 0, 128))).toEqual({ ink: 0, paper: 220 });
  });

  test('are not changed where a page has no ink or no paper', () => {
    expect(fadedLevels(page(255))).toBeUndefined();
    expect(fadedLevels(page(60, 0, 20, 80))).toBeUndefined();
  });
});

test('stretching makes ink black and paper white', () => {
  const { data } = stretched(page(220, 70, 70, 145));
  expect([...data.filter((_, at) => at % 3 === 0)].slice(0, 4)).toEqual([0, 0, 128, 255]);
});
