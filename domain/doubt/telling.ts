import { isSayable } from 'vietnamese-speech';
import type { PageAnalysis } from '../page.ts';
import type { Script } from '../script.ts';
import { type Reason, reasonsOfPages } from './reason.ts';

/** Returns whether a page's lettering is spoken as it was read: only a model gives the segments of a page a mood. */
export function isSpokenAsRead({ segments }: Script): (page: { number: number }) => boolean {
  const told = new Set(segments.flatMap(({ mood, page }) => (mood === undefined ? [] : [page])));
  return ({ number }) => !told.has(number);
}

/** Returns doubts about the script: text that no voice can say, and panels that are never shown. */
export function doubtsOfTelling(script: Script, pages: readonly PageAnalysis[]): Reason[] {
  const unsayable = script.segments.filter(({ text }) => !isSayable(text));
  const shown = new Set(script.segments.flatMap(({ panels }) => panels));
  const unseen = pages
    .map(({ number, panels }) => ({
      page: number,
      all: panels.length,
      weight: panels.filter(({ id }) => !shown.has(id)).length,
    }))
    .filter(({ weight }) => weight > 0);
  return [
    ...reasonsOfPages(
      'unspeakable',
      unsayable.map(({ page, text }) => ({
        page,
        weight: 1,
        text: `a Vietnamese voice can't say “${text.length > 80 ? `${text.slice(0, 79)}…` : text}”, so its subtitle can't be timed`,
      })),
    ),
    ...reasonsOfPages(
      'unseen_panels',
      unseen.map(({ page, all, weight }) => ({
        page,
        weight,
        text: `${weight} of ${all} panels ${weight === 1 ? 'is' : 'are'} never shown`,
      })),
    ),
  ];
}
