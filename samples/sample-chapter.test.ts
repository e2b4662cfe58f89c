import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import sharp from 'sharp';
import { chapter } from './generator/chapter.ts';
import { drawPage } from './generator/page.ts';
import { trueChapter } from './generator/truth.ts';

const folder = join(import.meta.dirname, chapter.folder);
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const drawn = chapter.pages.map((page, index) => ({ file: `00${index + 1}.png`, page, ...drawPage(page) }));
const truth: ReturnType<typeof trueChapter> = JSON.parse(read('truth.json'));
const pages = readdirSync(folder)
  .filter((file) => file.endsWith('.png'))
  .sort();

describe('the sample chapter', () => {
  test('has the pages that ComicInfo.xml promises, read from right to left, in Vietnamese', () => {
    const { ComicInfo: info } = new XMLParser().parse(read('ComicInfo.xml'));
    expect(info).toMatchObject({
      PageCount: pages.length,
      LanguageISO: 'vi',
      Manga: 'YesAndRightToLeft',
      Series: chapter.series,
      Title: chapter.title,
    });
    expect(info.Notes).toContain('CC BY 4.0');
  });

  test('decodes, every page at the size that the truth states', async () => {
    expect(truth.pages.map(({ file }) => file)).toEqual(pages);
    for (const { file, width, height } of truth.pages) {
      const { info } = await sharp(join(folder, file)).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width, height });
    }
  });

  test('weighs no more than a repository should carry', () => {
    const bytes = pages.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    expect(bytes).toBeLessThanOrEqual(1_500_000);
  });

  test('is what the generator draws today: panels, bubbles, words', () => {
    expect(truth).toEqual(JSON.parse(JSON.stringify(trueChapter(drawn))));
  });

  test('keeps every panel on its page and every bubble inside its panel', () => {
    for (const { width, height, panels, bubbles } of truth.pages) {
      for (const { x, y, w, h } of panels) {
        expect(Math.min(x, y, w, h)).toBeGreaterThan(0);
        expect(x + w).toBeLessThan(width);
        expect(y + h).toBeLessThan(height);
      }
      for (const { x, y, w, h, panel } of bubbles) {
        const frame = panels[panel] ?? { x: 0, y: 0, w: 0, h: 0 };
        expect(x).toBeGreaterThan(frame.x);
        expect(y).toBeGreaterThan(frame.y);
        expect(x + w).toBeLessThan(frame.x + frame.w);
        expect(y + h).toBeLessThan(frame.y + frame.h);
      }
    }
  });

  test('lists panels row by row, in each row from right to left', () => {
    for (const { panels, ambiguous } of truth.pages) {
      if (ambiguous) continue;
      panels.slice(1).forEach((next, index) => {
        const before = panels[index] ?? next;
        const below = next.y >= before.y + before.h;
        const leftOf = next.x + next.w <= before.x;
        expect(below || leftOf).toBe(true);
      });
    }
  });

  test('speaks Vietnamese in composed letters, about a minute of it', () => {
    const texts = truth.dialogue.vi.flat();
    const syllables = texts.join(' ').match(/\p{L}+/gu) ?? [];
    for (const text of texts) {
      expect(text).toBe(text.normalize('NFC'));
      expect(text).toMatch(/[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i);
    }
    expect(texts.length).toBeGreaterThanOrEqual(22);
    expect(syllables.length).toBeGreaterThan(190);
    expect(syllables.length).toBeLessThan(250);
  });
});
