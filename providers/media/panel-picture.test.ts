import sharp, { type Sharp } from 'sharp';
import type { PublishedVideo } from '../../domain/likeness/appearance.ts';
import { unlike } from '../../domain/likeness/cover.ts';
import { limits } from '../../domain/likeness/limits.ts';
import { pictureLikeness, seen } from '../../domain/likeness/picture.ts';
import { panelPicture } from './panel-picture.ts';

/** A picture of 480 × 320 with shapes that depend on a number. */
const scene = (number: number) => {
  const shapes = Array.from({ length: 9 }, (_, i) => {
    const at = (step: number, most: number) => ((number * 37 + i * 53 + step * 101) * (i + 3)) % most;
    return `<circle cx="${at(1, 480)}" cy="${at(2, 320)}" r="${20 + at(3, 60)}" fill="hsl(${at(4, 360)} 70% ${15 + at(5, 70)}%)"/>`;
  });
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#dca"/>${shapes.join('')}</svg>`,
  );
};
const whole = { x: 0, y: 0, w: 480, h: 320 };
const png = (image: Sharp) => image.png().toBuffer();
async function likeness(one: Buffer, other: Buffer, box = whole) {
  const [first, second] = [await panelPicture(one, whole), await panelPicture(other, box)];
  return pictureLikeness(seen(first), seen(second));
}

test.each<[string, (image: Sharp) => Sharp]>([
  ['in grey', (image) => image.greyscale()],
  ['darker', (image) => image.modulate({ brightness: 0.7 })],
  ['tinted', (image) => image.tint('#8060c0')],
  ['scanned badly', (image) => image.resize(200, 133).blur(1)],
])('a picture is recognised %s', async (_, change) => {
  const changed = await png(sharp(scene(1)).flatten());
  const other = await png(change(sharp(changed)).resize(480, 320));
  expect(await likeness(changed, other)).toBeGreaterThan(limits.picture);
});

test('a picture is recognised after its edges were cut, and other pictures are not', async () => {
  const cut = { x: 30, y: 16, w: 420, h: 280 };
  expect(await likeness(scene(1), scene(1), cut)).toBeGreaterThan(limits.picture);
  for (const other of [2, 3, 4]) expect(await likeness(scene(1), scene(other))).toBeLessThan(limits.picture);
});

test('an empty picture is like no other, not even itself', async () => {
  const empty = await png(sharp({ create: { width: 480, height: 320, channels: 3, background: '#eee' } }));
  expect(await likeness(empty, empty)).toBe(0);
});

test('the first cover that no earlier thumbnail shows comes first', async () => {
  const [one, two, three] = await Promise.all([1, 2, 3].map((n) => panelPicture(scene(n), whole)));
  const covers = [one, two, three].flatMap((picture, i) => (picture ? [{ picture, panel: i }] : []));
  const earlier = (n: number) => ({ pictures: [covers[n]?.picture] }) as PublishedVideo;
  const order = (videos: PublishedVideo[]) => unlike(covers, videos).covers.map(({ panel }) => panel);
  expect(order([])).toEqual([0, 1, 2]);
  expect(order([earlier(2)])).toEqual([0, 1, 2]);
  expect(order([earlier(1), earlier(0)])).toEqual([2, 0, 1]);
  expect(unlike(covers, [earlier(1), earlier(0)]).instead).toEqual(earlier(0));
  expect(order([earlier(0), earlier(1), earlier(2)])).toEqual([0, 1, 2]);
});
