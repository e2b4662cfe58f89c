import { emptyRaster, type Raster } from '../image/raster.ts';
import { differsAtOtherScales } from './other-scales.ts';

const page = emptyRaster(100, 200, 3);
const panels = [
  { x: 0, y: 0, w: 100, h: 90 },
  { x: 0, y: 110, w: 100, h: 90 },
];
const at = (factor: number) =>
  panels.map(({ x, y, w, h }) => ({ x, y: y * factor, w: w * factor, h: h * factor }));
const whole = ({ width, height }: Raster) => [{ x: 0, y: 0, w: width, h: height }];
const isFirst = ({ width }: Raster) => width < 0.7 * page.width;

test('the same panels at another size agree', () => {
  expect(differsAtOtherScales(page, panels, ({ width }) => at(width / page.width))).toBe(false);
});

test('panels that only one other size finds agree', () => {
  const onlyFirst = (other: Raster) => (isFirst(other) ? whole(other) : at(other.width / page.width));
  expect(differsAtOtherScales(page, panels, onlyFirst)).toBe(false);
});

test('panels that both other sizes find differ', () => {
  expect(differsAtOtherScales(page, panels, whole)).toBe(true);
});

test('gutters that are lost at other sizes, in different places, are not a doubt', () => {
  const thirds = [0, 70, 140].map((y) => ({ x: 0, y, w: 100, h: 60 }));
  const joined = { first: [0, 130, 140, 60], second: [0, 60, 70, 130] } as const;
  const losing = (other: Raster) => {
    const [y1, h1, y2, h2] = joined[isFirst(other) ? 'first' : 'second'];
    const factor = other.width / page.width;
    return [
      { x: 0, y: y1 * factor, w: other.width, h: h1 * factor },
      { x: 0, y: y2 * factor, w: other.width, h: h2 * factor },
    ];
  };
  expect(differsAtOtherScales(page, thirds, losing)).toBe(false);
});

test('a gutter that only another size finds is a doubt, if none agrees with the page', () => {
  const more = (other: Raster) => {
    const h = other.height / 4;
    const quarters = [0, 1, 2, 3].map((i) => ({ x: 0, y: i * h, w: other.width, h }));
    return isFirst(other) ? quarters : whole(other);
  };
  expect(differsAtOtherScales(page, panels, more)).toBe(true);
});
