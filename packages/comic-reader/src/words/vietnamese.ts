import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dataFile } from '../data-file.ts';
import { isAllowedSyllable } from './allowed-syllable.ts';
import { interjectionLogProbability, interjections } from './interjections.ts';
import { speechSyllables } from './speech-syllables.ts';
import { spokenShares } from './spoken-shares.ts';

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
/** Share of what is said after a syllable that the source does not list, since it has only frequent pairs. */
const unlistedFollowers = 0.02;
/**
 * Probability of an unknown syllable, in that of the rarest, by Good and Turing: of the syllables in the source's pairs 939 follow a
 * single one, and 12,500 that the language allows follow none. A word that was read so is more likely a misread one.
 */
const unknown = 939 / 12_500;
/** Additional cost of a word that cannot be a syllable. */
const notAllowed = 8;

let model: LanguageModel | undefined;

/**
 * Loads the pairs of neighbouring syllables, which the source lists without their frequency, and how often each syllable is said (see
 * data/README.md): of the syllables that can follow one, the commoner one is likelier.
 */
export function vietnamese(): LanguageModel {
  model ??= load(dataFile('vietnamese-pairs.gz'));
  return model;
}

function load(file: URL): LanguageModel {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  const spoken = spokenShares();
  const written = lines.map((line) => line.split(' ')[0] as string);
  const numbers = new Map(written.map((syllable, i) => [syllable, i]));
  const followers = lines.map((line) => {
    let at = 0;
    return new Set(
      line
        .split(' ')
        .slice(1)
        .map((step) => (at += Number.parseInt(step, 36))),
    );
  });
  const known = new Set([...written, ...spoken.syllables, ...interjections, ...speechSyllables]);
  const prefixes = new Set<string>();
  for (const word of known) for (let end = 1; end <= word.length; end++) prefixes.add(word.slice(0, end));
  const sharesAfter = followers.map((after) =>
    [...after].reduce((sum, number) => sum + spoken.of(written[number] as string), 0),
  );
  return {
    begins: (prefix) => prefixes.has(prefix),
    knows: (syllable) => known.has(spelling(syllable)),
    chance(previous, syllable) {
      const word = spelling(syllable);
      const number = numbers.get(word);
      const share = spoken.of(word);
      const alone =
        Math.log(share * (known.has(word) ? 1 : unknown)) - (isAllowedSyllable(word) ? 0 : notAllowed);
      const before = previous === null ? undefined : numbers.get(spelling(previous));
      const least = interjections.has(word) ? interjectionLogProbability : Number.NEGATIVE_INFINITY;
      if (before === undefined || number === undefined) return Math.max(least, alone);
      const isFollower = followers[before]?.has(number) ?? false;
      const followed = isFollower ? share / ((sharesAfter[before] as number) + unlistedFollowers) : 0;
      return Math.max(least, Math.log(own * Math.exp(alone) + (1 - own) * followed));
    },
  };
}

const spelling = (word: string) => word.normalize('NFC').toLowerCase();
