import { saidIn } from '../../domain/page.ts';
import { decodePage } from '../../providers/vision/decode.ts';
import { letteredPages, pictureOf } from '../../providers/vision/drawn-lettering.fixture.ts';
import { createPageReader } from '../../providers/vision/index.ts';
import { panelsOf } from '../../providers/vision/page-panels.ts';
import { chancePage } from './drawn.ts';
import { measured } from './measured.ts';
import { PanelScore } from './score.ts';
import { hits, wordsOf } from './words.ts';

/** Scores pages of one kind drawn by chance: panels and their order. Returns the line to print. */
export async function scoreKind(kind: string, pages: number): Promise<string> {
  const score = new PanelScore();
  const wrong: number[] = [];
  let milliseconds = 0;
  for (let seed = 1; seed <= pages; seed++) {
    const { image, panels } = await chancePage(kind, seed);
    const found = await measured(async () => panelsOf(await decodePage(seed, image), 'ltr'));
    milliseconds += found.milliseconds;
    if (!score.add(found.result.panels, panels)) wrong.push(seed);
  }
  const failed = wrong.length > 0 ? `  not ${wrong.join(', ')}` : '';
  const sequences = `${String(score.exact).padStart(2)}/${score.pages}`;
  return `${kind.padEnd(32)}F1 ${score.f1.toFixed(3)}  sequence ${sequences}  ms/page ${(milliseconds / pages).toFixed(0)}${failed}`;
}

/** Scores the same words lettered by several hands; yields the lines to print. */
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
