import type { Chapter } from '../../domain/chapter.ts';
import { type Doubt, judge } from '../../domain/doubt.ts';
import type { Script } from '../../domain/script.ts';
import { createNarrator } from '../../providers/narrators/index.ts';
import type { ReadPage } from './read-page.ts';
import type { Source } from './sources.ts';

/** A chapter made of pages that were read, with what is wrong and what the verdict is. */
export interface JudgedChapter {
  name: string;
  pages: number;
  wrongWords: number;
  misordered: number;
  doubt: Doubt;
}

type Said = Pick<Source, 'language' | 'said' | 'direction'>;

/** Tells pages with the narrator `ocr`, as the pipeline does, and judges them; what is foreign is all told wrongly. */
export async function judgedChapter(
  name: string,
  { language, said, direction }: Said,
  read: readonly ReadPage[],
): Promise<JudgedChapter> {
  const chapter: Chapter = {
    ...{ job_id: 'job-bench', chapter_id: name, manga_id: 'bench', manga_title: 'Bench', number: '1' },
    ...{
      title: null,
      summary: null,
      language: said,
      reading_direction: direction,
      credits: [],
      licence: null,
    },
    source: { name: 'library', url: null },
    pages: read.map(({ analysis: { number, width, height } }) => ({ number, key: 'k', width, height })),
  };
  const narrator = await createNarrator('ocr');
  const segments = [];
  for (const [index, { analysis }] of read.entries())
    segments.push(
      ...(await narrator.narratePage({
        ...{ chapter, analysis, isFirst: index === 0, isLast: index === read.length - 1 },
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
    name,
    pages: read.length,
    wrongWords: language === 'vi' ? Math.min(1, wrong / Math.max(1, words)) : 1,
    misordered: read.filter(({ misordered }) => misordered).length,
    doubt: judge({ chapter, pages: read.map(({ analysis }) => analysis), script }),
  };
}

/** Chapters of one to four pages that chance picks from a source, each in the order of the pages. */
export function chanceChoices(pages: number, count: number, seed: number): number[][] {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    const size = Math.min(pages, 1 + Math.floor(next() * 4));
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(Math.floor(next() * pages));
    return [...chosen].sort((one, other) => one - other);
  });
}
