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

test('the same panels at another size agree', () => {
  expect(differsAtOtherScales(page, panels, ({ width }) => at(width / page.width))).toBe(false);
});

test('panels that only one other size finds agree', () => {
  const smaller = ({ width, height }: Raster) =>
    width < page.width ? whole({ ...page, width, height }) : at(width / page.width);
  expect(differsAtOtherScales(page, panels, smaller)).toBe(false);
});

test('panels that no other size finds differ', () => {
  expect(differsAtOtherScales(page, panels, whole)).toBe(true);
});
