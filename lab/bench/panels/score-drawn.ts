import { createPageReader } from 'comic-reader';
import { readingOrder } from 'comic-reader/steps';
import { saidIn } from '../../../domain/page.ts';
import {
  letteredPages,
  pictureOf,
} from '../../../packages/comic-reader/src/testing/drawn-lettering.fixture.ts';
import { chancePage } from './drawn/kinds.ts';
import type { ChancePage } from './drawn/sheet.ts';
import { foundPanels } from './found-panels.ts';
import { measured } from './measured.ts';
import { Tally } from './tally.ts';
import { hits, wordsOf } from './words.ts';

/** Returns consecutive seeds. */
export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

interface Scoring {
  text: boolean;
  /** Makes the page of a seed; draws it by default. */
  pageOf?: (seed: number) => Promise<ChancePage>;
  /** Gets the counts of the pages too. */
  total?: Tally;
}

/** Scores random pages of one kind, with their words if they have some and `text` is set. */
export async function scoreKind(
  kind: string,
  seeds: readonly number[],
  { text, pageOf = (seed) => chancePage(kind, seed), total }: Scoring,
): Promise<string> {
  const tally = new Tally();
  const [wrong, silent]: [number[], number[]] = [[], []];
  const reader = createPageReader();
  for (const seed of seeds) {
    const { image, panels, direction, bubbles, language = 'en' } = await pageOf(seed);
    const lettered = bubbles?.map((bubble) => bubble.text) ?? [];
    const page = { number: seed, file: kind, panels, ambiguous: false, bubbles, lettered };
    const found = await foundPanels(seed, image, { direction, language });
    if (!tally.addPanels(found, page)) (found.held ? wrong : silent).push(seed);
    tally.addOrder(page, readingOrder(panels, direction, found.size));
    if (!text || !bubbles) continue;
    const whole = await measured(() => reader.read({ number: seed, image, direction, language }));
    tally.addText(whole.result, page, Math.max(0, whole.milliseconds - found.milliseconds));
  }
  await reader.close();
  total?.add(tally);
  const failed = [
    ...(wrong.length > 0 ? [`wrong and held ${wrong.join(', ')}`] : []),
    ...(silent.length > 0 ? [`wrong without a doubt ${silent.join(', ')}`] : []),
  ];
  return [kind.padEnd(32), ...tally.figures(), ...failed].join('  ');
}

/** Scores the same words in several handwritings; yields the lines to print. */
export async function* scoreHands(language: 'vi' | 'en'): AsyncGenerator<string> {
  const reader = createPageReader();
  for (const [i, lettered] of letteredPages(language).entries()) {
    const image = await pictureOf(lettered);
    const { panels } = await reader.read({ number: i + 1, image, direction: 'ltr', language });
    const bubbles = panels.flatMap((panel) => panel.bubbles);
    const said = saidIn({ bubbles }).flatMap(({ text }) => wordsOf(text));
    const meant = lettered.speech.flatMap(wordsOf);
    const right = hits(said, meant);
    yield `${lettered.name.padEnd(32)}${language}  words ${(right / meant.length).toFixed(3)} of ${meant.length}, false ${said.length - right}`;
  }
  await reader.close();
}
