import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Cover } from '../../../domain/cover.ts';
import type { Box } from '../../../domain/page.ts';
import { headlineOf } from './cover-lettering.ts';
import { chooseCovers, drawThumbnail, thumbnailSize } from './thumbnail.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thumbnail-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const panelSize = { w: 640, h: 360 };
const cover = (page: number, interest = 1): Cover => ({
  page,
  interest,
  lettering: [],
  panel: { id: `p00${page}-1`, x: 0, y: 0, ...panelSize, bubbles: [] },
});

/** Writes pages to disk, each drawn by an SVG of the panel's size. */
async function pages(...drawings: string[]): Promise<(page: number) => string> {
  const fileOf = (page: number) => join(folder, `${page}.png`);
  for (const [index, drawing] of drawings.entries()) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#eee"/>${drawing}</svg>`;
    await sharp(Buffer.from(svg))
      .png()
      .toFile(fileOf(index + 1));
  }
  return fileOf;
}
const scene = Array.from(
  { length: 60 },
  (_, n) =>
    `<circle cx="${(n * 97) % 640}" cy="${(n * 61) % 360}" r="${10 + (n % 30)}" stroke="#000" stroke-width="3" fill="hsl(${n * 11} 70% 50%)"/>`,
).join('');

const among = (...ranked: Cover[]) => ({ chosen: undefined, ranked });
const pagesOf = (covers: readonly Cover[]) => covers.map(({ page }) => page);

test('puts the livelier of two panels with the same shape first', async () => {
  const fileOf = await pages('<circle cx="9" cy="9" r="5"/>', scene);
  const covers = await chooseCovers(among(cover(1, 0.5), cover(2, 0.45)), fileOf, 3);
  expect(pagesOf(covers)).toEqual([2, 1]);
});

test('puts the panel that the script names first', async () => {
  const fileOf = await pages('<circle cx="9" cy="9" r="5"/>', scene);
  expect(pagesOf(await chooseCovers({ chosen: cover(1), ranked: [cover(2)] }, fileOf, 3))).toEqual([1, 2]);
});

test('leaves out a panel that shows the same as a better one', async () => {
  const street = '<rect x="300" width="300" height="360" fill="#247"/>';
  const fileOf = await pages(scene, `${scene}<circle cx="9" cy="9" r="5"/>`, street);
  const covers = await chooseCovers(among(cover(1), cover(2, 0.9), cover(3, 0.5)), fileOf, 3);
  expect(pagesOf(covers)).toEqual([1, 3]);
});

test('names a page that cannot be read', async () => {
  const nowhere = () => join(folder, 'nowhere.png');
  const named = expect.objectContaining({ name: 'RenderError', message: expect.stringContaining('page 3') });
  await expect(chooseCovers(among(cover(3), cover(4)), nowhere, 3)).rejects.toEqual(named);
  const drawn = drawThumbnail({ ...cover(3), place: undefined }, nowhere(), undefined, join(folder, 'x.jpg'));
  await expect(drawn).rejects.toEqual(named);
});

/** Measures the letters of a thumbnail at 320 pixels, by the rows that contain pure white. */
async function whiteRows(words: string, lettering: Box[] = []): Promise<number[]> {
  const fileOf = await pages('<rect width="640" height="360" fill="#345"/>');
  const output = join(folder, 'thumbnail.jpg');
  const headline = await headlineOf(words, thumbnailSize);
  const [chosen] = await chooseCovers(among({ ...cover(1), lettering }), fileOf, 1, headline);
  if (!chosen) throw new Error('no cover');
  await drawThumbnail(chosen, fileOf(1), headline, output);
  expect(await sharp(output).metadata()).toMatchObject({ ...thumbnailSize, format: 'jpeg' });
  const { data, info } = await sharp(output)
    .resize(320)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Array.from({ length: info.height }, (_, row) => row).filter((row) =>
    data.subarray(row * info.width, (row + 1) * info.width).some((value) => value > 200),
  );
}

test('draws text at least 14 pixels high at 320 × 180, in the lower half', async () => {
  for (const words of ['Mưa', '雨の夜 🐱', 'Kẻ trộm ô giữa đêm mưa: ai đã lấy mất chiếc ô đỏ của cô bé?']) {
    const rows = await whiteRows(words);
    expect(rows.length).toBeGreaterThanOrEqual(14);
    expect(rows[0]).toBeGreaterThan(90);
    expect(rows.at(-1)).toBeLessThan(179);
  }
});

test('draws text at the upper edge of a panel that has lettering at the lower one', async () => {
  const rows = await whiteRows('Mưa', [{ x: 400, y: 320, w: 100, h: 20 }]);
  expect(rows.length).toBeGreaterThanOrEqual(14);
  expect(rows.at(-1)).toBeLessThan(90);
});

test('draws text below the whole picture if the panel has lettering everywhere', async () => {
  const fileOf = await pages('<rect width="640" height="360" fill="#3c3"/>');
  const output = join(folder, 'thumbnail.jpg');
  const headline = await headlineOf('Mưa', thumbnailSize);
  const full = { ...cover(1), lettering: [{ x: 0, y: 0, w: 640, h: 360 }] };
  const [chosen] = await chooseCovers({ chosen: full, ranked: [] }, fileOf, 1, headline);
  await drawThumbnail({ ...full, place: chosen?.place }, fileOf(1), headline, output);
  const { data } = await sharp(output).raw().toBuffer({ resolveWithObject: true });
  const greens = (row: number) =>
    Array.from({ length: 1280 }, (_, x) => data[(row * 1280 + x) * 3 + 1] ?? 0).filter((green) => green > 150)
      .length;
  expect(greens(300)).toBe(1280);
  expect(greens(719)).toBe(0);
});

test('prefers panels where the text has a place, except to the one that the script names', async () => {
  const full = (page: number) => ({ ...cover(page), lettering: [{ x: 0, y: 0, w: 640, h: 360 }] });
  const street = '<rect x="300" width="300" height="360" fill="#247"/>';
  const fileOf = await pages(scene, street);
  const headline = await headlineOf('Mưa', thumbnailSize);
  expect(pagesOf(await chooseCovers(among(full(1), cover(2, 0.1)), fileOf, 2, headline))).toEqual([2, 1]);
  const named = { chosen: full(1), ranked: [cover(2, 0.1)] };
  expect(pagesOf(await chooseCovers(named, fileOf, 2, headline))).toEqual([1, 2]);
});

test('draws only the picture without text', async () => {
  expect(await whiteRows('')).toEqual([]);
  expect(await whiteRows('🐱')).toEqual([]);
});

describe('lettering', () => {
  const lettering = async (words: string) => (await headlineOf(words, thumbnailSize))?.drawnAt('bottom');
  const linesOf = (svg = '') =>
    new Set([...svg.matchAll(/translate\([\d.]+ ([\d.]+)\)/g)].map(([, y]) => y)).size;
  const scaleOf = (svg = '') => Number(/scale\(([\d.]+)\)/.exec(svg)?.[1]);

  test('is as large as the text allows, in one or two lines', async () => {
    const short = await lettering('Đêm mưa');
    const long = await lettering('Đêm mưa ở Ngõ Mây, và một chiếc ô đỏ biến mất không dấu vết');
    expect([linesOf(short), linesOf(long)]).toEqual([1, 2]);
    expect(scaleOf(short)).toBeGreaterThan(scaleOf(long));
  });

  test('has lines of a similar length, so that no word is left alone', async () => {
    const svg = (await lettering('Kẻ trộm ô giữa đêm mưa')) ?? '';
    const letters = [...svg.matchAll(/translate\([\d.]+ ([\d.]+)\)/g)].map(([, y]) => y);
    const first = letters.filter((y) => y === letters[0]).length;
    expect(first).toBe([...'Kẻtrộmô'].length);
  });

  test('cuts too many words with an ellipsis, and never exceeds the edge', async () => {
    for (const words of ['mưa '.repeat(100), 'W'.repeat(200), `${'W'.repeat(200)} mưa`]) {
      const svg = (await lettering(words)) ?? '';
      const pens = [...svg.matchAll(/translate\(([\d.]+) /g)].map(([, x]) => Number(x));
      expect(Math.max(0, ...pens)).toBeLessThan(thumbnailSize.width);
      expect(linesOf(svg)).toBeLessThanOrEqual(2);
    }
  });

  test('escapes text, so that it is never markup', async () => {
    expect(await lettering('<script>&"</svg>')).not.toContain('script');
  });
});
