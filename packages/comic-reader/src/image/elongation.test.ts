import { elongationOf } from './elongation.ts';

const width = 40;
const box = { x: 0, y: 0, w: width, h: width };
/** Returns the elongation of a capsule: a line through the middle with a half-width of 4 pixels. */
const ofCapsule = (length: number, angle: number) =>
  elongationOf(box, width, (at) => {
    const [x, y] = [(at % width) - 20, Math.floor(at / width) - 20];
    const along = x * Math.cos(angle) + y * Math.sin(angle);
    const away = Math.hypot(
      along - Math.max(-length / 2, Math.min(length / 2, along)),
      y * Math.cos(angle) - x * Math.sin(angle),
    );
    return away <= 4 ? 255 : 0;
  });

describe('elongation', () => {
  test('of a dot is one', () => expect(ofCapsule(0, 0)).toBeCloseTo(1, 1));

  test.each([0, 0.4, Math.PI / 4, 1.2, -0.7])(
    'of a stroke twice as long as wide is about two at an angle of %d',
    (angle) => expect(Math.abs(ofCapsule(8, angle) - 1.93)).toBeLessThan(0.25),
  );

  test('of no ink is one', () => expect(elongationOf(box, width, () => 0)).toBe(1));
});
