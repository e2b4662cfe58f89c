import { chapter } from './chapter.ts';
import { type DrawnPage, type Page, pageSize } from './page.ts';

/** Returns whether a slanted gutter makes the bounding boxes of two panels overlap. */
const slanted = (page: Page): boolean =>
  page.some(
    ({ frame }) => new Set(frame.map(({ x }) => x)).size > 2 || new Set(frame.map(({ y }) => y)).size > 2,
  );

export function trueChapter(drawn: (DrawnPage & { file: string; page: Page })[]) {
  return {
    series: chapter.series,
    episode: chapter.number,
    title: chapter.title,
    readingDirection: 'rtl',
    licence: `CC BY 4.0, ${chapter.author}`,
    pages: drawn.map(({ file, page, panels, bubbles }) => ({
      file,
      width: pageSize.w,
      height: pageSize.h,
      panels,
      bubbles,
      ambiguous: slanted(page),
      ...(slanted(page) ? { note: 'a slanted gutter; the bounding boxes of two panels overlap' } : {}),
    })),
    dialogue: { vi: drawn.map(({ bubbles }) => bubbles.map(({ text }) => text)) },
  };
}
