import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import { partOf } from '../../domain/chapter-parts.ts';
import type { PageToNarrate } from '../../providers/narrators/narrator.ts';
import type { PageReader } from '../../providers/vision/page-reader.ts';

export interface ReadingPorts {
  getPage(key: string): Promise<Uint8Array>;
  reader: PageReader;
}

/** Reads a page, always one at a time, and passes it on with its picture. */
export async function readPage(
  chapter: Chapter,
  page: StoredPage,
  ports: ReadingPorts,
): Promise<PageToNarrate> {
  const part = partOf(chapter, page.number);
  const image = await ports.getPage(page.key);
  const analysis = await ports.reader.read({
    number: page.number,
    image,
    direction: part.reading_direction,
    language: part.language,
  });
  const isFirst =
    page.number === 1 || (chapter.parts ?? []).some(({ first_page }) => first_page === page.number);
  const isLast = page.number === chapter.pages.length;
  const whole = chapter.parts && { whole: chapter };
  return { chapter: part, ...whole, analysis, isFirst, isLast, image: async () => image };
}
