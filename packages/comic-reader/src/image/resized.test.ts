import { resized } from './resized.ts';

const steps = { width: 4, height: 1, channels: 1 as const, data: Uint8Array.from([0, 100, 200, 200]) };

test('a raster of the same size is the same', () => {
  expect(resized(steps, 1)).toEqual(steps);
});

test('a smaller raster has the means of neighbours', () => {
  const { width, data } = resized(
    { ...steps, height: 2, data: Uint8Array.from([...steps.data, ...steps.data]) },
    0.5,
  );
  expect({ width, data: [...data] }).toEqual({ width: 2, data: [50, 200] });
});

test('a larger raster has values between neighbours', () => {
  expect([...resized({ ...steps, height: 1 }, 2).data.slice(0, 8)]).toEqual([
    0, 25, 75, 125, 175, 200, 200, 200,
  ]);
});
