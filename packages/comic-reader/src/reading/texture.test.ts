import type { Piece } from './row-marks.ts';
import { dotsOfTone } from './texture.ts';

const dot = (x: number, y: number, size = 4): Piece => ({ x, y, w: size, h: size, area: size * size });
/** A screentone: rows of dots, each row shifted by half of the distance of two dots. */
const tone = Array.from({ length: 8 }, (_, row) =>
  Array.from({ length: 8 }, (_, i) => dot(10 * i + (row % 2) * 5, 5 * row)),
).flat();

test('dots on a grid are a screentone, and a mark of a letter beside them is not', () => {
  const mark = dot(95, 13.5);
  const letter: Piece = { x: 90, y: 20, w: 18, h: 24, area: 200 };
  const found = dotsOfTone([...tone, mark, letter], 24);
  expect(found.slice(0, tone.length)).not.toContain(false);
  expect(found.slice(tone.length)).toEqual([false, false]);
});

test('a few dots are points, such as an ellipsis', () => {
  expect(dotsOfTone([dot(0, 20), dot(8, 20), dot(16, 20)], 24)).toEqual([false, false, false]);
});

test('small pieces without order do not make a screentone', () => {
  const scattered = Array.from({ length: 40 }, (_, i) => dot((i ** 2 * 37) % 211, (i ** 3 * 11) % 97));
  expect(dotsOfTone(scattered, 24)).not.toContain(true);
});
