import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import type { PageToNarrate } from '../../providers/narrators/narrator.ts';
import type { PageReader } from '../../providers/vision/page-reader.ts';

export interface ReadingPorts {
  getPage(key: string): Promise<Uint8Array>;
  reader: PageReader;
}

/** Reads a page, always one at a time, and hands it over with its picture. */
export async function readPage(
  chapter: Chapter,
  page: StoredPage,
  ports: ReadingPorts,
): Promise<PageToNarrate> {
  const image = await ports.getPage(page.key);
  const analysis = await ports.reader.read({
    number: page.number,
    image,
    direction: chapter.reading_direction,
    language: chapter.language,
  });
  const [isFirst, isLast] = [page.number === 1, page.number === chapter.pages.length];
  return { chapter, analysis, isFirst, isLast, image: async () => image };
}
