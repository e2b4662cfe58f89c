import { isInColour } from './colour.ts';

/** A page of equal areas in these colours. */
const page = (...colours: [number, number, number][]) => {
  const pixels = colours.flatMap((colour) => Array.from({ length: 300 }, () => colour)).flat();
  return { width: pixels.length / 3, height: 1, channels: 3, data: Uint8Array.from(pixels) } as const;
};
/** A colour in light and shade. */
const shaded = (red: number, green: number, blue: number) =>
  [1, 0.9, 0.8, 0.7, 0.6, 0.5].map((light): [number, number, number] => [
    red * light,
    green * light,
    blue * light,
  ]);
const even = (value: number): [number, number, number] => [value, value, value];
const [white, black, grey] = [even(255), even(0), even(128)];

test.each([
  ['black and white', page(white, black, grey), false],
  ['a grey scan with the tints of JPEG', page(white, [120, 128, 134], [134, 128, 120]), false],
  ['paper that has turned yellow', page([235, 215, 170], [40, 30, 20], [150, 130, 95]), false],
  ['ink of one colour on white', page(white, [30, 60, 160], [120, 140, 220]), false],
  [
    'skin, sky and leaves',
    page(white, ...shaded(240, 200, 170), ...shaded(120, 180, 230), ...shaded(80, 150, 60)),
    true,
  ],
  ['brown art with skin', page(white, ...shaded(150, 90, 40), ...shaded(190, 150, 130)), true],
  ['a small red stamp on grey', page(...Array.from({ length: 30 }, () => grey), [200, 20, 20]), false],
] as const)('%s', (_, raster, expected) => {
  expect(isInColour(raster)).toBe(expected);
});
