import { type PageToRead, PageUnreadable } from 'comic-reader';
import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import { partOf } from '../../domain/chapter-parts.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { PageToNarrate } from '../../providers/narrators/narrator.ts';

export interface ReadingPorts {
  getPage(key: string): Promise<Uint8Array>;
  reader: { read(page: PageToRead): Promise<PageAnalysis> };
}

/**
 * Reads pages one at a time, and passes each on with its picture.
 * @throws ChapterUnreadable for a page that can't be decoded
 */
export async function readPage(
  chapter: Chapter,
  page: StoredPage,
  ports: ReadingPorts,
): Promise<PageToNarrate> {
  const part = partOf(chapter, page.number);
  const image = await ports.getPage(page.key);
  const analysis = await analysisOf(ports.reader, {
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

async function analysisOf(reader: ReadingPorts['reader'], page: PageToRead): Promise<PageAnalysis> {
  try {
    return await reader.read(page);
  } catch (cause) {
    if (cause instanceof PageUnreadable) throw new ChapterUnreadable(cause.message, { cause });
    throw cause;
  }
}
