import sharp from 'sharp';
import type { ReadingDirection } from '../../../domain/chapter.ts';
import { goesOn } from './joint.ts';
import { isPartOfStrip, readyPages } from './ready-pages.ts';

const pageWidth = 200;

interface Scene {
  from: number;
  to: number;
}

/** Draws scenes with a sky, hills and a balloon that extends out of them, on white and then black ground. */
function drawnStrip(height: number, seed = 1): { svg: string; scenes: Scene[] } {
  let state = seed;
  const next = (n: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % n;
  };
  const scenes: Scene[] = [];
  let body = `<rect y="${height * 0.6}" width="${pageWidth}" height="${height}" fill="#000"/>`;
  for (let y = 30; y < height - 300; ) {
    const h = 120 + next(130);
    const hue = next(360);
    body += `<rect y="${y}" width="${pageWidth}" height="${h}" fill="hsl(${hue} 60% 80%)"/><path d="M0 ${y + h}V${y + h / 2}Q60 ${y + h / 3} 110 ${y + h / 2}T${pageWidth} ${y + h / 3}V${y + h}Z" fill="hsl(${(hue + 90) % 360} 50% 45%)"/><circle cx="${40 + next(120)}" cy="${y + h / 2}" r="${h / 4}" fill="#e8c39e" stroke="#111" stroke-width="3"/><ellipse cx="${50 + next(100)}" cy="${y + h}" rx="40" ry="18" fill="#fff" stroke="#111" stroke-width="3"/>`;
    scenes.push({ from: y, to: y + h + 20 });
    y += h + 50 + next(60);
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${body}</svg>`;
  return { svg, scenes };
}

const png = (svg: string) => sharp(Buffer.from(svg)).flatten().png().toBuffer();

async function cutInto(svg: string, height: number, heights: number, format: 'png' | 'jpeg' = 'png') {
  const whole = await png(svg);
  const files: Buffer[] = [];
  for (let top = 0; top < height; top += heights) {
    const area = { left: 0, top, width: pageWidth, height: Math.min(heights, height - top) };
    files.push(await sharp(whole).extract(area)[format]().toBuffer());
  }
  return files;
}

async function* sourceOf(files: readonly Buffer[], from = 1) {
  for (const [i, image] of files.entries()) if (i + 1 >= from) yield { name: `${i + 1}`, image };
}
const ready = (files: readonly Buffer[], direction: ReadingDirection = 'unknown', from = 1) =>
  Array.fromAsync(readyPages(sourceOf(files, from), direction));
const bytes = (pages: readonly { jpeg: Uint8Array }[]) =>
  pages.map(({ jpeg }) => Buffer.from(jpeg).toString('base64'));

describe('a strip', () => {
  const height = 6000;
  const { svg, scenes } = drawnStrip(height);

  test.each([320, 777, 2000])(
    'in files of %d pixels gives the same pages as the uncut one',
    async (heights) => {
      const [uncut, cut] = [await ready([await png(svg)]), await ready(await cutInto(svg, height, heights))];
      expect(bytes(cut)).toEqual(bytes(uncut));
      expect(uncut.length).toBeGreaterThan(2);
    },
  );

  test('is cut between its scenes, into pages that are strips and bounded', async () => {
    const pages = await ready(await cutInto(svg, height, 320));
    let top = 0;
    for (const page of pages) {
      expect(isPartOfStrip(page)).toBe(true);
      expect(page.height).toBeLessThan(12 * pageWidth);
      expect(page.endsInArt).toBe(false);
      for (const { from, to } of scenes) expect(top > from && top < to).toBe(false);
      top += page.height;
    }
    expect(top).toBe(height);
  });

  test('counts each file once', async () => {
    const pages = await ready(await cutInto(svg, height, 320));
    expect(pages.reduce((sum, { files }) => sum + files, 0)).toBe(Math.ceil(height / 320));
  });

  test('is recognised even after strong JPEG compression', async () => {
    const heights = (pages: readonly { height: number }[]) => pages.map((page) => page.height);
    const [exact, hard] = [
      await ready([await png(svg)]),
      await ready(await cutInto(svg, height, 320, 'jpeg')),
    ];
    expect(heights(hard)).toHaveLength(exact.length);
    for (const [i, tall] of heights(hard).entries())
      expect(Math.abs(tall - (exact[i]?.height ?? 0))).toBeLessThan(6);
  });

  test('is cut where it has the least detail if it has no even ground', async () => {
    const lines = Array.from({ length: 900 }, (_, i) => `M0 ${i * 8}l200 ${40 - (i % 7) * 9}`).join('');
    const busy = `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}" height="${height}"><rect width="100%" height="100%" fill="#ccd"/><path d="${lines}" stroke="#111" stroke-width="4"/><path d="M60 0V${height}" stroke="#fff" stroke-width="6"/></svg>`;
    const [uncut, cut] = [
      await ready([await png(busy)]),
      await ready(await cutInto(busy, height, 320), 'ttb'),
    ];
    expect(bytes(cut)).toEqual(bytes(uncut));
    for (const page of cut) expect(page.height).toBeLessThan(12 * pageWidth);
    expect(cut.map(({ endsInArt }) => endsInArt)).toEqual(cut.map((_, index) => index < cut.length - 1));
  });

  test('is joined from files that end on even ground if the chapter is read downwards', async () => {
    const file = await png(drawnStrip(700, 5).svg.replace('fill="#000"', 'fill="#fff"'));
    expect(await ready([file, file, file], 'ttb')).toHaveLength(2);
    expect(await ready([file], 'ttb')).toHaveLength(1);
  });
});

describe('pages of a book', () => {
  const page = (seed: number) => png(drawnStrip(290, seed).svg);

  test('stay unchanged, in any reading direction', async () => {
    const files = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(page));
    for (const direction of ['rtl', 'ltr', 'unknown'] as const) {
      const pages = await ready(files, direction);
      expect(pages.map(({ height, files: count }) => [height, count])).toEqual(files.map(() => [290, 1]));
    }
  });

  test('are the same when a call continues after stored ones', async () => {
    const files = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(page));
    expect(bytes(await ready(files, 'ltr', 4))).toEqual(bytes((await ready(files, 'ltr')).slice(3)));
  });

  test('are never joined when they are read from the right', async () => {
    const files = await cutInto(drawnStrip(2000).svg, 2000, 290);
    expect(await ready(files, 'rtl')).toHaveLength(files.length);
  });

  test('are not part of a following strip of another width', async () => {
    const cover = await sharp({ create: { width: 150, height: 220, channels: 3, background: '#a33' } })
      .png()
      .toBuffer();
    const pages = await ready([cover, ...(await cutInto(drawnStrip(2000).svg, 2000, 320)), cover]);
    expect(pages.at(0)).toMatchObject({ width: 150, height: 220, files: 1 });
    expect(pages.at(-1)).toMatchObject({ width: 150, height: 220, files: 1 });
    expect(pages.slice(1, -1).every(isPartOfStrip)).toBe(true);
  });
});

describe('a drawing', () => {
  const row = (of: (x: number) => number) => Uint8Array.from({ length: 400 }, (_, x) => of(x));
  const art = row((x) => 128 + 100 * Math.sin(x / 17));

  test('continues where two rows are alike', () => {
    expect(
      goesOn(
        art,
        row((x) => 128 + 100 * Math.sin((x + 2) / 17)),
      ),
    ).toBe(true);
  });

  test('does not continue between margins, frames that run off the paper, or different art', () => {
    const margin = row(() => 255);
    const frames = row((x) => ((x > 40 && x < 44) || (x > 356 && x < 360) ? 10 : 255));
    expect(goesOn(margin, margin)).toBe(false);
    expect(goesOn(frames, frames)).toBe(false);
    expect(
      goesOn(
        art,
        row((x) => 128 + 100 * Math.cos(x / 23)),
      ),
    ).toBe(false);
  });
});
