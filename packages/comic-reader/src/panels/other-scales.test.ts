import { emptyRaster, type Raster } from '../image/raster.ts';
import { atOtherScales } from './other-scales.ts';

const page = emptyRaster(100, 200, 3);
const panels = [
  { x: 0, y: 0, w: 100, h: 90 },
  { x: 0, y: 110, w: 100, h: 90 },
];
const at = (factor: number) => ({
  panels: panels.map(({ x, y, w, h }) => ({ x, y: y * factor, w: w * factor, h: h * factor })),
});
const whole = ({ width, height }: Pick<Raster, 'width' | 'height'>) => ({
  panels: [{ x: 0, y: 0, w: width, h: height }],
});

test('the same panels at another size agree', () => {
  expect(atOtherScales(page, { panels }, ({ width }) => at(width / page.width))).toEqual({
    isDoubtful: false,
    likelier: null,
  });
});

test('panels that only one other size finds agree', () => {
  const smaller = (other: Raster) => (other.width < page.width ? whole(other) : at(other.width / page.width));
  expect(atOtherScales(page, { panels }, smaller)).toEqual({ isDoubtful: false, likelier: null });
});

test('panels that all other sizes find are likelier, in the pixels of the page', () => {
  expect(atOtherScales(page, { panels }, whole)).toEqual({ isDoubtful: true, likelier: whole(page) });
});

test('panels that two of three other sizes find are not likelier', () => {
  const two = (other: Raster) =>
    other.width / page.width === 0.8 ? at(other.width / page.width) : whole(other);
  expect(atOtherScales(page, { panels }, two)).toEqual({ isDoubtful: true, likelier: null });
});

test('a panel on top of another one does not count', () => {
  const inset = { x: 10, y: 10, w: 30, h: 30 };
  const divide = ({ width }: Raster) => at(width / page.width);
  expect(atOtherScales(page, { panels: [...panels, inset] }, divide)).toEqual({
    isDoubtful: false,
    likelier: null,
  });
});

test('gutters that are lost at other sizes, in different places, are not a doubt', () => {
  const three = [0, 70, 140].map((y) => ({ x: 0, y, w: 100, h: 60 }));
  const losing = ({ width }: Raster) => {
    const factor = width / page.width;
    const joined = { x: 0, y: factor < 1 ? 0 : 70, w: 100, h: 130 };
    return {
      panels: [joined, factor < 1 ? three[2] : three[0]].flatMap((box) =>
        box ? [{ x: 0, y: box.y * factor, w: box.w * factor, h: box.h * factor }] : [],
      ),
    };
  };
  expect(atOtherScales(page, { panels: three }, losing)).toEqual({ isDoubtful: false, likelier: null });
});

test('a gutter that only another size finds is a doubt, if none agrees with the page', () => {
  const more = (other: Raster) => {
    const height = other.height / 4;
    const quarters = [0, 1, 2, 3].map((i) => ({ x: 0, y: i * height, w: other.width, h: height }));
    return other.width < page.width ? { panels: quarters } : whole(other);
  };
  expect(atOtherScales(page, { panels }, more)).toEqual({ isDoubtful: true, likelier: null });
});
