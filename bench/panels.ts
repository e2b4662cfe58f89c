/**
 * Scores the embedded page reader: panel F1, share of pages whose whole sequence is right, word recall of the
 * lettering and words that nobody lettered, for every chapter with a truth file; then pages made by chance, a dozen of
 * each kind, of which none was looked at when the reader was written, and the same words lettered by several hands.
 * DRAWN=0 leaves the drawn ones out. The milliseconds a page of panels are wall time for decoding the file, finding the
 * panels and their order; those of text are for finding and reading the lettering, and come on top.
 *
 *   node bench/panels.ts [folder …]      default: samples/* and ../shared/samples
 *
 * A truth file is `<folder>/truth.json` beside its pages, or `<name>.truth.json` beside `*<name>.<language>.cbz`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ReadingDirection } from '../domain/chapter.ts';
import { type Box, saidIn } from '../domain/page.ts';
import { withArchive } from '../providers/chapters/archive.ts';
import { decodePage } from '../providers/vision/decode.ts';
import { letteredPages, pictureOf } from '../providers/vision/drawn-lettering.fixture.ts';
import { createPageReader } from '../providers/vision/index.ts';
import { panelsOf } from '../providers/vision/page-panels.ts';
import { chancePage, kinds } from './panels/drawn.ts';
import { PanelScore } from './panels/score.ts';

interface Truth {
  readingDirection: ReadingDirection;
  pages: { file: string; panels: Box[]; ambiguous: boolean }[];
  dialogue: Record<string, string[][]>;
}

interface Chapter {
  name: string;
  truth: Truth;
  language: string;
  page(file: string): Promise<Uint8Array>;
}

const root = join(import.meta.dirname, '..');
function* chapters(folder: string): Generator<Chapter> {
  for (const file of readdirSync(folder).sort()) {
    if (file !== 'truth.json' && !file.endsWith('.truth.json')) continue;
    const truth = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Truth;
    for (const language of Object.keys(truth.dialogue)) {
      if (file === 'truth.json') {
        const page = async (name: string) => readFileSync(join(folder, name));
        yield { name: basename(folder), truth, language, page };
        continue;
      }
      const ending = `${file.replace('.truth.json', '')}.${language}.cbz`;
      const archive = readdirSync(folder).find((name) => name.endsWith(ending));
      if (!archive) continue;
      const path = join(folder, archive);
      yield {
        name: archive,
        truth,
        language,
        page: (name) => withArchive(path, archive, (a) => a.read(name)),
      };
    }
  }
}

/** Words as they are heard, except for drawn applause, which nobody wants to hear. */
const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'clap');

/** How many words found are meant, each counted once. */
function hits(found: string[], meant: string[]): number {
  const left = new Map<string, number>();
  for (const word of meant) left.set(word, (left.get(word) ?? 0) + 1);
  let hit = 0;
  for (const word of found) {
    const n = left.get(word) ?? 0;
    if (n > 0) {
      left.set(word, n - 1);
      hit++;
    }
  }
  return hit;
}

async function score({ name, truth, language, page }: Chapter): Promise<void> {
  const ms = { panels: 0, text: 0 };
  const reader = createPageReader({
    onTiming: (timing) => {
      ms.panels += timing.panels;
      ms.text += timing.text;
    },
  });
  const panelScore = new PanelScore();
  let [clear, exactClear, hit, wordsMeant, wordsFalse] = [0, 0, 0, 0, 0];
  for (const [i, { file, panels, ambiguous }] of truth.pages.entries()) {
    const image = await page(file);
    const analysis = await reader.read({ number: i + 1, image, direction: truth.readingDirection, language });
    const right = panelScore.add(analysis.panels, panels);
    if (!ambiguous) clear++;
    if (right && !ambiguous) exactClear++;
    const bubbles = analysis.panels.flatMap((panel) => panel.bubbles);
    const read = bubbles.flatMap(({ text }) => wordsOf(text));
    const said = saidIn({ bubbles }).flatMap(({ text }) => wordsOf(text));
    const lettered = (truth.dialogue[language]?.[i] ?? []).flatMap(wordsOf);
    hit += hits(read, lettered);
    wordsFalse += said.length - hits(said, lettered);
    wordsMeant += lettered.length;
  }
  await reader.close();
  const pages = truth.pages.length;
  console.log(
    [
      name.padEnd(32),
      language,
      `F1 ${panelScore.f1.toFixed(3)}`,
      `sequence ${panelScore.exact}/${pages}, unambiguous ${exactClear}/${clear}`,
      `words ${(hit / Math.max(1, wordsMeant)).toFixed(3)} of ${wordsMeant}, false ${wordsFalse}`,
      `ms/page panels ${(ms.panels / pages).toFixed(0)}, text ${(ms.text / pages).toFixed(0)}`,
    ].join('  '),
  );
}

const samples = join(root, 'samples');
const own = existsSync(samples) ? readdirSync(samples).map((name) => join(samples, name)) : [];
const given = process.argv.slice(2);
const folders =
  given.length > 0
    ? given
    : [...own.filter((f) => existsSync(join(f, 'truth.json'))), join(root, '../shared/samples')];
for (const folder of folders) {
  if (!existsSync(folder)) {
    console.log(`${basename(dirname(folder))}/${basename(folder)} is not here: skipped`);
    continue;
  }
  for (const chapter of chapters(folder)) await score(chapter);
}

const drawnPages = Number(process.env.DRAWN ?? 12);
for (const kind of drawnPages > 0 ? Object.keys(kinds) : []) {
  const panelScore = new PanelScore();
  const wrong: number[] = [];
  let milliseconds = 0;
  for (let seed = 1; seed <= drawnPages; seed++) {
    const { image, panels } = await chancePage(kind, seed);
    const started = performance.now();
    const decoded = await decodePage(seed, image);
    const { panels: found } = panelsOf(decoded, 'ltr');
    milliseconds += performance.now() - started;
    if (!panelScore.add(found, panels)) wrong.push(seed);
  }
  const { f1, exact, pages } = panelScore;
  const failed = wrong.length > 0 ? `  not ${wrong.join(', ')}` : '';
  console.log(
    `${kind.padEnd(32)}F1 ${f1.toFixed(3)}  sequence ${String(exact).padStart(2)}/${pages}  ms/page ${(milliseconds / pages).toFixed(0)}${failed}`,
  );
}

for (const language of drawnPages > 0 ? (['vi', 'en'] as const) : []) {
  const reader = createPageReader();
  for (const [i, lettered] of letteredPages(language).entries()) {
    const image = await pictureOf(lettered);
    const { panels } = await reader.read({ number: i + 1, image, direction: 'ltr', language });
    const bubbles = panels.flatMap((panel) => panel.bubbles);
    const said = saidIn({ bubbles }).flatMap(({ text }) => wordsOf(text));
    const meant = lettered.speech.flatMap(wordsOf);
    const right = hits(said, meant);
    console.log(
      `${lettered.name.padEnd(32)}${language}  words ${(right / meant.length).toFixed(3)} of ${meant.length}, false ${said.length - right}`,
    );
  }
  await reader.close();
}
