/** Draws the sample chapter: pages, ComicInfo.xml and the truth data for the tests of detection and OCR. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { chapter } from './chapter.ts';
import { comicInfo } from './comic-info.ts';
import { drawPage, pageSize } from './page.ts';
import { trueChapter } from './truth.ts';

const folder = join(import.meta.dirname, '..', chapter.folder);
mkdirSync(folder, { recursive: true });

const drawn = chapter.pages.map((page, index) => ({
  file: `${String(index + 1).padStart(3, '0')}.png`,
  page,
  ...drawPage(page),
}));

const sizes = await Promise.all(
  drawn.map(async ({ file, svg }) => {
    const png = await sharp(Buffer.from(svg))
      .flatten({ background: '#fff' })
      .png({ palette: true, colours: 32, dither: 0, effort: 10, compressionLevel: 9 })
      .toBuffer();
    writeFileSync(join(folder, file), png);
    return { bytes: png.length, width: pageSize.w, height: pageSize.h };
  }),
);

writeFileSync(join(folder, 'ComicInfo.xml'), comicInfo(sizes));
writeFileSync(join(folder, 'truth.json'), formatted(trueChapter(drawn)));

/** Formats JSON like the formatter: lists of words on one line where they fit. */
function formatted(value: unknown): string {
  const lists = /^( *)\[\n((?: *"[^\n]*"(?:,\n|\n))+) *\](,?)$/gm;
  const oneLine = (list: string, indent: string, items: string, comma: string): string => {
    const line = `${indent}[${items.trim().replaceAll(/,\n */g, ', ')}]${comma}`;
    return line.length <= 110 ? line : list;
  };
  return `${JSON.stringify(value, null, 2).replaceAll(lists, oneLine)}\n`;
}

const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${drawn.length} pages, ${Math.round(total / 1024)} KiB, in samples/${chapter.folder}`);
