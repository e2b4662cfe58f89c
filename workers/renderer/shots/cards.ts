import type { Chapter, ChapterMetadata } from '../../../domain/chapter.ts';
import { chapterNumber, ownTitle, spokenSeries } from '../../../domain/chapter-names.ts';
import { partOf } from '../../../domain/chapter-parts.ts';
import { endCard } from '../../../domain/end-card.ts';
import type { Segment } from '../../../domain/script.ts';
import type { Card } from '../../../domain/shots.ts';
import type { SyntheticNotice } from '../../../domain/synthetic-notice.ts';

/** Returns the card that is shown with a segment, if there is one: the same object for the same card. */
export type CardOf = (segment: Segment) => Card | undefined;

/**
 * Cards: the title over the first opening, one for each further chapter of the video, credits with the farewell.
 * @param synthetic what a machine made of the video, for the first and the last card if it is shown
 */
export function cardsOf(chapter: Chapter, synthetic: SyntheticNotice | undefined): CardOf {
  const notice = synthetic?.form === 'shown' ? synthetic.text : undefined;
  const title = titleCard(chapter, notice);
  const end = endCard(chapter, synthetic);
  return ({ kind, page }) => {
    if (kind === 'closing') return end;
    if (kind !== 'opening') return undefined;
    const further = chapter.parts?.slice(1).some(({ first_page }) => first_page <= page);
    return further ? chapterCard(partOf(chapter, page)) : title;
  };
}

function numbered(chapter: ChapterMetadata): string | undefined {
  const number = chapterNumber(chapter);
  return number === null ? undefined : `Chương ${number}`;
}
const known = (lines: readonly (string | null | undefined | false)[]) =>
  lines.filter((line) => typeof line === 'string');

/** Returns the series by its own name, and below it the spoken name if it differs. */
function titleCard(chapter: ChapterMetadata, notice: string | undefined): Card {
  const spoken = spokenSeries(chapter);
  const lines = known([
    ...[spoken !== chapter.manga_title && spoken, numbered(chapter), ownTitle(chapter)],
    notice,
  ]);
  return { kind: 'title', heading: chapter.manga_title, lines };
}

const chapterCard = (chapter: ChapterMetadata): Card => ({
  kind: 'chapter',
  heading: numbered(chapter) ?? ownTitle(chapter) ?? chapter.manga_title,
  lines: known([numbered(chapter) && ownTitle(chapter)]),
});

/** Returns the card at the end of a Short: where the story continues. */
export const continuedCard = (chapter: ChapterMetadata): Card => ({
  kind: 'end',
  heading: 'Xem tiếp trên kênh',
  lines: known([chapter.manga_title, numbered(chapter) ?? ownTitle(chapter)]),
});
