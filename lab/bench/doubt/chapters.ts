import type { Chapter } from '../../../domain/chapter.ts';
import { type Doubt, judge } from '../../../domain/doubt.ts';
import type { Script } from '../../../domain/script.ts';
import { createNarrator } from '../../../providers/narrators/index.ts';
import { between, chanceOf } from '../panels/drawn/chance.ts';
import type { ReadPage } from './read-page.ts';
import type { Source } from './sources.ts';

/** A chapter made of pages that were read, with its errors and its verdict. */
export interface JudgedChapter {
  name: string;
  group: string;
  pages: number;
  wrongWords: number;
  misdivided: number;
  misordered: number;
  doubt: Doubt;
}

type Said = Pick<Source, 'group' | 'language' | 'said' | 'direction'>;

/** Narrates pages with `ocr`, as the pipeline does, and judges them; narration of a foreign page is all wrong. */
export async function judgedChapter(
  name: string,
  { group, language, said, direction }: Said,
  read: readonly ReadPage[],
): Promise<JudgedChapter> {
  const pages = read.map(({ analysis }, index) => renumbered(analysis, index + 1));
  const chapter: Chapter = {
    ...{ job_id: 'job-bench', chapter_id: name, manga_id: 'bench', manga_title: 'Bench', number: '1' },
    ...{ title: null, summary: null, language: said, reading_direction: direction },
    ...{ credits: [], licence: null, source: { name: 'library', url: null } },
    pages: pages.map(({ number, width, height }) => ({ number, key: 'k', width, height })),
  };
  const narrator = await createNarrator('ocr');
  const segments = [];
  for (const [index, analysis] of pages.entries())
    segments.push(
      ...(await narrator.narratePage({
        ...{ chapter, analysis, isFirst: index === 0, isLast: index === pages.length - 1 },
        image: async () => new Uint8Array(),
      })),
    );
  const script: Script = {
    ...{ job_id: 'job-bench', narrator: 'ocr', language: 'vi' },
    segments: segments.map((segment, index) => ({ ...segment, index })),
  };
  const words = read.reduce((sum, page) => sum + page.words, 0);
  const wrong = read.reduce((sum, page) => sum + page.wrong, 0);
  return {
    ...{ name, group },
    pages: read.length,
    wrongWords: language === 'vi' ? Math.min(1, wrong / Math.max(1, words)) : 1,
    misdivided: read.filter(({ misdivided }) => misdivided).length,
    misordered: read.filter(({ misordered }) => misordered).length,
    doubt: judge({ chapter, pages, script }),
  };
}

/** Renumbers a page, since pages of several chapters can have the same number. */
const renumbered = (analysis: ReadPage['analysis'], number: number): ReadPage['analysis'] => ({
  ...analysis,
  number,
  panels: analysis.panels.map((panel) => ({
    ...panel,
    id: panel.id.replace(/^p\d+/, `p${String(number).padStart(3, '0')}`),
  })),
});

/** Returns random chapters of one to four pages of a source, each in the order of the pages. */
export function chanceChoices(pages: number, count: number, seed: number): number[][] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => {
    const size = between(chance, 1, Math.min(pages, 4));
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(between(chance, 0, pages - 1));
    return [...chosen].sort((one, other) => one - other);
  });
}
