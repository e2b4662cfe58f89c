import type { TrueChapter } from '../chapters.ts';
import type { PageChoice } from '../page-choice.ts';
import { scoreKind } from '../score-drawn.ts';
import { Tally } from '../tally.ts';
import { composedKinds, composedPage } from './kinds.ts';
import { picturesOf } from './pictures.ts';

interface Composing {
  /** Pages whose panels are used. */
  chosen: PageChoice;
  /** A part of the names of the kinds that are scored. */
  kind: string;
  seeds: readonly number[];
}

/** Scores pages of each kind that are composed of the panels of each chapter, once for all its languages; yields the lines to print. */
export async function* scoreComposed(
  chapters: readonly TrueChapter[],
  { chosen, kind, seeds }: Composing,
): AsyncGenerator<string> {
  const names = Object.keys(composedKinds).filter((name) => name.includes(kind));
  if (names.length === 0)
    throw new Error(`No composed kind has ${kind} in its name: ${Object.keys(composedKinds).join(', ')}`);
  const total = new Tally();
  const known = new Set<string>();
  for (const chapter of chapters) {
    if (known.has(chapter.truth)) continue;
    known.add(chapter.truth);
    const pictures = await picturesOf(chapter, chosen);
    if (pictures.length === 0) {
      yield `${chapter.name}: no panel is large enough and apart from the others: skipped`;
      continue;
    }
    yield `${chapter.name}: pages of ${pictures.length} panels`;
    const material = { direction: chapter.direction === 'rtl' ? 'rtl' : 'ltr', pictures } as const;
    for (const name of names)
      yield scoreKind(name, seeds, {
        text: false,
        total,
        pageOf: (seed) => composedPage(name, seed, material),
      });
  }
  yield ['total'.padEnd(32), ...total.figures()].join('  ');
}
