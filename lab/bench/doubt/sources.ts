import type { Chapter } from '../../../domain/chapter.ts';
import {
  letteredPages,
  pictureOf,
} from '../../../packages/comic-reader/src/testing/drawn-lettering.fixture.ts';
import type { TrueChapter } from '../panels/chapters.ts';
import { between, chanceOf } from '../panels/drawn/chance.ts';
import { chanceChapter } from '../panels/drawn/chapter.ts';
import { chancePage } from '../panels/drawn/kinds.ts';
import type { TruePage } from '../panels/truth.ts';
import { foreignPage, type Script } from './foreign-page.ts';
import { type SetName, seedsOf, setOfPage } from './sets.ts';
import { merged, spoilers, spoiltPage, type TruthfulPage } from './spoilt.ts';

/** Pages with their truth, and the metadata of a source. */
export interface Source {
  name: string;
  /** Sources of one group share a line of the tables. */
  group: string;
  /** Who lettered it: a comic, or a drawn font. */
  hand: string;
  /** Language of the lettering, and the one in the metadata. */
  language: string;
  said: Chapter['language'];
  direction: Chapter['reading_direction'];
  pages: (() => Promise<TruthfulPage>)[];
}

/** Groups of real pages as they are, neither drawn nor spoilt: the verdict is calibrated on these. */
const comics = { vi: 'comics in Vietnamese', en: 'comics in English' } as const;
export const isComic = ({ group }: Pick<Source, 'group'>): boolean =>
  Object.values<string>(comics).includes(group);

/** Returns the pages of a chapter that are in a set; null if there are none. */
export function realSource(chapter: TrueChapter, set: SetName): Source | null {
  const { name, language, direction, pages, image } = chapter;
  const own = pages.filter(({ number }) => setOfPage(chapter, number) === set);
  if (own.length === 0) return null;
  const group = language === 'vi' ? comics.vi : comics.en;
  return {
    ...{ name: `${name} ${language}`, group, hand: `${name} ${language}` },
    ...{ language, said: language, direction },
    pages: own.map((truth) => async () => ({ truth, image: await image(truth.file) })),
  };
}

const trueOf = (number: number, panels: TruePage['panels'], lettered: string[]): TruePage => ({
  ...{ number, file: '', panels, ambiguous: false, bubbles: undefined, lettered },
});

/** Returns the same words in several handwritings, one page each. */
export const hands = (language: 'vi' | 'en', said: string): Source => ({
  ...{ name: `drawn hands ${language} said to be ${said}`, group: 'drawn hands', language, said },
  ...{ hand: 'drawn hands', direction: 'ltr' },
  pages: letteredPages(language).map((page, index) => async () => ({
    truth: trueOf(index + 1, page.panels, page.speech),
    image: await pictureOf(page),
  })),
});

/** Draws a random page of a kind. */
export async function drawnSource(kind: string, seed: number, lettered: boolean): Promise<Source> {
  const { image, panels, direction, bubbles, language = 'vi' } = await chancePage(kind, seed);
  const words = bubbles?.map(({ text }) => text) ?? [];
  const truth: TruePage = { number: 1, file: kind, panels, ambiguous: false, bubbles, lettered: words };
  return {
    ...{ name: `drawn ${kind} ${seed}`, hand: 'drawn pages', language, said: language, direction },
    group: lettered ? 'drawn for words' : 'drawn for panels',
    pages: [async () => ({ truth, image })],
  };
}

/** Draws chapters of a few pages: one hand, one scan, any layout. */
export const drawnChapters = (set: SetName, count: number): Source[] =>
  seedsOf(set, count).map((seed) => {
    const { direction, face, pages } = chanceChapter(set, seed, 3);
    return {
      ...{ name: `drawn chapter ${seed} in ${face}`, group: 'drawn chapters', hand: face },
      ...{ language: 'vi', said: 'vi', direction },
      pages: pages.map((draw, index) => async () => {
        const { image, panels, bubbles = [] } = await draw();
        const lettered = bubbles.map(({ text }) => text);
        return { image, truth: { ...trueOf(index + 1, panels, lettered), bubbles } };
      }),
    };
  });

/** Draws lettering in a script that is not Latin, with the metadata of a careless library. */
export const foreign = (script: Script, said: string | null, set: SetName): Source => ({
  ...{ name: `drawn ${script} said to be ${said ?? 'nothing'}`, group: 'drawn in other scripts' },
  hand: script,
  ...{ language: script, said, direction: 'rtl' },
  pages: seedsOf(set, 2).map((seed, index) => async () => {
    const { panels, lettered, image } = foreignPage(script, seed);
    return { truth: trueOf(index + 1, panels, lettered), image: await image() };
  }),
});

/**
 * Returns a few random pages of several chapters, each spoilt in one way, and neighbouring pages joined into one
 * picture.
 */
export function spoiltSources(sources: readonly Source[], count: number): Source[] {
  const all = sources.flatMap((source) => source.pages.map((page) => ({ source, page })));
  return Object.keys(spoilers).flatMap((way, index): Source[] => {
    const chance = chanceOf(100 + index);
    // Only true boxes of bubbles show where lettering can be cut off.
    const from = way === 'cut off' ? all.filter(({ source }) => source.name.startsWith('ubunchu')) : all;
    const picked = Array.from({ length: Math.min(count, from.length) }, () =>
      from.splice(between(chance, 0, from.length - 1), 1),
    ).flat();
    return picked.map(({ source, page }, at) => ({
      ...source,
      name: `${source.name}, page ${source.pages.indexOf(page) + 1}, ${way}`,
      group: `spoilt: ${way}`,
      pages: [async () => spoiltPage(await page(), way, at)],
    }));
  });
}

/** Returns the first pages of chapters, two in each picture. */
export const mergedSources = (sources: readonly Source[]): Source[] =>
  sources.flatMap((source): Source[] => {
    const [first, second] = source.pages;
    if (!first || !second) return [];
    const both = async () => merged(await first(), await second(), source.direction);
    return [
      { ...source, name: `${source.name}, two in one`, group: 'spoilt: two pages in one', pages: [both] },
    ];
  });
