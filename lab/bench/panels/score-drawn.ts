import { createPageReader } from 'comic-reader';
import { decodePage, panelsOf, readingOrder } from 'comic-reader/steps';
import { saidIn } from '../../../domain/page.ts';
import {
  letteredPages,
  pictureOf,
} from '../../../packages/comic-reader/src/testing/drawn-lettering.fixture.ts';
import { chancePage } from './drawn/kinds.ts';
import { measured } from './measured.ts';
import { Tally } from './tally.ts';
import { hits, wordsOf } from './words.ts';

/** Returns consecutive seeds. */
export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/** Scores random pages of one kind, with their words if they have some and `text` is set. */
export async function scoreKind(kind: string, seeds: readonly number[], text: boolean): Promise<string> {
  const tally = new Tally();
  const wrong: number[] = [];
  const reader = createPageReader();
  for (const seed of seeds) {
    const { image, panels, direction, bubbles, language } = await chancePage(kind, seed);
    const lettered = bubbles?.map((bubble) => bubble.text) ?? [];
    const page = { number: seed, file: kind, panels, ambiguous: false, bubbles, lettered };
    const alone = await measured(async () => {
      const decoded = await decodePage(seed, image);
      return { ...panelsOf(decoded, direction), size: decoded };
    });
    if (!tally.addPanels(alone.result.panels, page, alone.milliseconds)) wrong.push(seed);
    tally.addOrder(page, readingOrder(panels, direction, alone.result.size));
    if (!text || !bubbles || !language) continue;
    const whole = await measured(() => reader.read({ number: seed, image, direction, language }));
    tally.addText(whole.result, page, Math.max(0, whole.milliseconds - alone.milliseconds));
  }
  await reader.close();
  const failed = wrong.length > 0 ? [`not ${wrong.join(', ')}`] : [];
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
