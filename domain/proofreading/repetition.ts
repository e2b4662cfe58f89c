import { pagesText } from '../doubt/reason.ts';
import type { Segment } from '../script.ts';
import { sentencesOf } from '../sentences.ts';
import { type Finding, found, quoted } from './finding.ts';

/** Shorter sentences are said more than once: “Anh nói gì vậy?” */
const fewestWords = 6;
/** A page that says so many such sentences is another page again if that one says the same, cries included: a song comes back without them. */
const fewestOfPage = 3;

const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Finds sentences that are told twice. Pages that tell the same, sentence by sentence, are surely one page that is stored twice. */
export function repetitions(segments: readonly Segment[]): Finding[] {
  const pagesOf = new Map<string, { text: string; pages: number[] }>();
  const onPage = new Map<number, Set<string>>();
  for (const { text, page } of segments)
    for (const sentence of sentencesOf(text)) {
      const words = wordsOf(sentence);
      const key = words.join(' ');
      onPage.set(page, (onPage.get(page) ?? new Set()).add(key));
      if (words.length < fewestWords) continue;
      const known = pagesOf.get(key) ?? { text: sentence, pages: [] };
      known.pages.push(page);
      pagesOf.set(key, known);
    }
  const twins = [...onPage].flatMap(([page, sentences]) => {
    const long = [...sentences].flatMap((sentence) => pagesOf.get(sentence) ?? []);
    const twin = long[0]?.pages.find(
      (other) =>
        other < page &&
        long.length >= fewestOfPage &&
        onPage.get(other)?.size === sentences.size &&
        [...sentences].every((sentence) => onPage.get(other)?.has(sentence)),
    );
    return twin === undefined ? [] : [{ page, twin, sentences: sentences.size }];
  });
  const isTwin = new Set(twins.flatMap(({ page, twin }) => [page, twin]));
  return [
    ...twins.map(({ page, twin, sentences }) =>
      found(
        'repetition',
        [twin, page],
        `${pagesText([twin, page])} tell the same ${sentences} sentences: one page can be in the chapter twice`,
        true,
      ),
    ),
    ...[...pagesOf.values()]
      .filter(({ pages }) => pages.length > 1 && !pages.every((page) => isTwin.has(page)))
      .map(({ text, pages }) =>
        found('repetition', pages, `${pagesText(pages)}: told ${pages.length} times: ${quoted(text)}`),
      ),
  ];
}
