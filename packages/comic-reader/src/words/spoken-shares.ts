import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dataFile } from '../data-file.ts';

/**
 * Fall of the number of a syllable with its rank: by Zipf's law, but slower among the first and faster from the rank where the words
 * that everybody uses end.
 */
const firstRanks = 15;
const usedByAll = 1500;
/** Rank of a syllable that the list does not have. */
const unlisted = 20_000;

const weightOf = (rank: number): number => 1 / ((rank + firstRanks) * (1 + rank / usedByAll));

/** Syllables as people say them in films. */
export interface SpokenShares {
  /** In small letters, NFC. */
  syllables: ReadonlySet<string>;
  /** Returns the share of a syllable in all that is said, by its rank, since the source has no numbers. */
  of(syllable: string): number;
}

/** Loads the syllables of films' subtitles by rank (see data/README.md). */
export function spokenShares(): SpokenShares {
  const list = gunzipSync(readFileSync(dataFile('vietnamese-ranks.gz')))
    .toString('utf8')
    .split('\n');
  const ranks = new Map(list.map((syllable, i) => [syllable, i + 1]));
  const all = [...ranks.values()].reduce((sum, rank) => sum + weightOf(rank), 0);
  return {
    syllables: new Set(list),
    of: (syllable) => weightOf(ranks.get(syllable) ?? unlisted) / all,
  };
}
