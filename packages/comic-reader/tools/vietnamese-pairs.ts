/**
 * Makes src/data/vietnamese-pairs.gz: Vietnamese syllables, and the pairs of them that occur next to each other. The sources are
 * the dawgs of words and of word pairs in tesseract's trained data for Vietnamese (tesseract-ocr/tessdata, Apache-2.0), installed by npm as
 * `@tesseract.js-data/vie`; tesseract's authors counted it on web pages, and it contains pairs without numbers.
 *
 *   node packages/comic-reader/tools/vietnamese-pairs.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isAllowedSyllable } from '../src/words/allowed-syllable.ts';
import { charactersOf, part, partOf, wordsOf } from './dawg.ts';

const source = import.meta.resolve('@tesseract.js-data/vie/4.0.0/vie.traineddata.gz');
const trained = gunzipSync(readFileSync(new URL(source)));
const characters = charactersOf(partOf(trained, part.unicharset));

/** Pairs of syllables in lower case, without the marks around them. */
const followers = new Map<string, Set<string>>();
for (const pair of wordsOf(partOf(trained, part.bigrams), characters)) {
  const [first, second, more] = pair.normalize('NFC').toLowerCase().split(' ').map(bare);
  if (!first || !second || more || !isAllowedSyllable(first) || !isAllowedSyllable(second)) continue;
  const known = followers.get(first) ?? new Set();
  followers.set(first, known.add(second));
}

const alone = [...wordsOf(partOf(trained, part.words), characters)]
  .map((word) => bare(word.normalize('NFC').toLowerCase()))
  .filter(isAllowedSyllable);
const syllables = [
  ...new Set([...alone, ...[...followers].flatMap(([first, after]) => [first, ...after])]),
].sort();
const number = new Map(syllables.map((syllable, i) => [syllable, i]));
// One line for each syllable: the syllable, and the differences between the numbers of its followers.
const lines = syllables.map((syllable) => {
  const after = [...(followers.get(syllable) ?? [])].map((other) => number.get(other) ?? 0);
  after.sort((a, b) => a - b);
  return [syllable, ...after.map((to, i) => (to - (after[i - 1] ?? 0)).toString(36))].join(' ');
});
const bytes = gzipSync(lines.join('\n'), { level: 9 });
writeFileSync(new URL('../src/data/vietnamese-pairs.gz', import.meta.url), bytes);
const pairs = [...followers.values()].reduce((sum, after) => sum + after.size, 0);
console.log(`${syllables.length} syllables, ${pairs} pairs, ${bytes.byteLength} bytes`);

function bare(word: string): string {
  return word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}
