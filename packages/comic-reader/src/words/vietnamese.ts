import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dataFile } from '../data-file.ts';
import { isAllowedSyllable } from './allowed-syllable.ts';
import { interjectionLogProbability, interjections } from './interjections.ts';
import { speechSyllables } from './speech-syllables.ts';

/** Log-probabilities of Vietnamese, in nats: 0 is certain. */
export interface LanguageModel {
  /** Returns whether people write this syllable. */
  knows(syllable: string): boolean;
  /** Returns whether a syllable has this prefix; in small letters, NFC. */
  begins(prefix: string): boolean;
  /**
   * Returns the log-probability of a syllable.
   * @param previous null at the start, or after a word that is not a syllable
   */
  chance(previous: string | null, syllable: string): number;
}

/**
 * Share of the probability that depends on the syllable alone; the rest is shared by the known followers of the previous
 * one. Tuned on drawn hands, where it matters little.
 */
const own = 0.3;
/** Number of followers that the source does not list, which share the probability with the listed ones. */
const unknownFollowers = 20;
/** Added to the number of syllables that a known one follows, since the source lists only frequent pairs. */
const unseen = 1.5;
/**
 * The same for an unknown syllable, by Good and Turing: 939 syllables follow a single one, and 12,500 that the language allows
 * follow none. A word that was read so is more likely a misread one.
 */
const unknown = 939 / 12_500;
/** Additional cost of a word that cannot be a syllable. */
const notAllowed = 8;

let model: LanguageModel | undefined;

/**
 * Loads the pairs of neighbouring syllables (see data/README.md). The number of syllables that one follows measures how
 * common it is, since the source lists pairs without their frequency.
 */
export function vietnamese(): LanguageModel {
  model ??= load(dataFile('vietnamese-pairs.gz'));
  return model;
}

function load(file: URL): LanguageModel {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  const numbers = new Map<string, number>();
  const followers: Set<number>[] = [];
  const prefixes = new Set<string>();
  for (const word of [...interjections, ...speechSyllables])
    for (let end = 1; end <= word.length; end++) prefixes.add(word.slice(0, end));
  const follows = new Uint32Array(lines.length);
  let pairs = 0;
  for (const [i, line] of lines.entries()) {
    const [syllable = '', ...steps] = line.split(' ');
    numbers.set(syllable, i);
    for (let end = 1; end <= syllable.length; end++) prefixes.add(syllable.slice(0, end));
    const after = new Set<number>();
    let at = 0;
    for (const step of steps) {
      at += Number.parseInt(step, 36);
      after.add(at);
      follows[at] = (follows[at] ?? 0) + 1;
      pairs++;
    }
    followers.push(after);
  }
  const isKnown = (word: string) => numbers.has(word) || interjections.has(word) || speechSyllables.has(word);
  return {
    begins: (prefix) => prefixes.has(prefix),
    knows: (syllable) => isKnown(spelling(syllable)),
    chance(previous, syllable) {
      const word = spelling(syllable);
      const number = numbers.get(word);
      const seen = number === undefined ? 0 : (follows[number] ?? 0);
      const alone =
        Math.log((seen + (isKnown(word) ? unseen : unknown)) / pairs) -
        (isAllowedSyllable(word) ? 0 : notAllowed);
      const before = previous === null ? undefined : numbers.get(spelling(previous));
      const least = interjections.has(word) ? interjectionLogProbability : Number.NEGATIVE_INFINITY;
      if (before === undefined || number === undefined) return Math.max(least, alone);
      const after = followers[before] ?? new Set();
      const followed = after.has(number) ? 1 / (after.size + unknownFollowers) : 0;
      return Math.max(least, Math.log(own * Math.exp(alone) + (1 - own) * followed));
    },
  };
}

const spelling = (word: string) => word.normalize('NFC').toLowerCase();
