import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodePage, panelsOf } from 'comic-reader/steps';
import { diskFiles } from '../disk-files.ts';
import { librarySource } from '../library.ts';
import { readyPages } from './ready-pages.ts';

const strip = join(import.meta.dirname, '../../../../shared/comics/inputs/webtoon-t1280.tar');
if (!existsSync(strip)) console.warn(`The shared inputs are not at ${strip}; the test is skipped`);

(existsSync(strip) ? test : test.skip)(
  'reads a strip in seven files as its eight complete scenes',
  async () => {
    const source = librarySource(diskFiles(strip), () => undefined);
    const [first] = await Array.fromAsync(source.list());
    const pages = await source.withChapter(first?.chapter_id ?? '', ({ pages: files, metadata }) =>
      Array.fromAsync(readyPages(files(), metadata.reading_direction)),
    );
    expect(pages.reduce((sum, { files }) => sum + files, 0)).toBe(7);

    const scenes = [];
    for (const [i, { jpeg }] of pages.entries()) {
      const decoded = await decodePage(i + 1, jpeg);
      scenes.push(...panelsOf(decoded, 'ttb').panels);
    }
    expect(scenes).toHaveLength(8);
    // The sky, the hill, and the balloon that extends out of the scene.
    for (const { x, w, h } of scenes) {
      expect([x, w]).toEqual([0, 800]);
      expect(h).toBeGreaterThan(650);
    }
  },
);
