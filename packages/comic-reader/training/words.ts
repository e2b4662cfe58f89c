import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { interjections } from '../src/words/interjections.ts';
import { speechSyllables } from '../src/words/speech-syllables.ts';
import { between, type Chance, pick } from './chance.ts';

const pairs = gunzipSync(readFileSync(new URL('../src/data/vietnamese-pairs.gz', import.meta.url)))
  .toString('utf8')
  .split('\n')
  .map((line) => line.split(' '));
const syllables = pairs.map(([syllable]) => syllable as string);
/** Numbers of the syllables that follow each one. */
const followers = pairs.map(([, ...steps]) => {
  let number = 0;
  return steps.map((step) => {
    number += Number.parseInt(step, 36);
    return number;
  });
});
const ofSpeech = [...interjections, ...speechSyllables];
/** English words that Vietnamese comics use as they are. */
const english = (
  'ok hello no yes wow boss game over level team video internet email wifi menu hotel stop go fan hot girl boy cool show idol ' +
  'laptop online offline robot super power magic dragon guild skill boss monster hero king sorry please why what who linux windows'
).split(' ');
const marks = [
  ...['.', '.', '.', ',', ',', ',', '!', '!', '!', '?', '?', '...', '...', '?!', '!!', '!?', '!!!', ':'],
  ...['...?', '...!', '~', ';', '-'],
];
const framed = [
  (line: string) => `"${line}"`,
  (line: string) => `“${line}”`,
  (line: string) => `(${line})`,
  (line: string) => `- ${line}`,
  (line: string) => `...${line}`,
];

interface Word {
  text: string;
  /** Number of its syllable; null if it is not one of the pairs. */
  number: number | null;
  /** Whether its capitals belong to it. */
  fixed: boolean;
}

/**
 * Returns a line as comics have it: words that are next to each other in Vietnamese, with the marks of speech.
 * @param balanced share of the words that are chosen by a letter, so that rare letters are learnt as well
 */
export function lineBy(
  chance: Chance,
  { capitals, balanced = 0 }: { capitals: boolean; balanced?: number },
): string {
  const count = pick(chance, [1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7]);
  const words: string[] = [];
  let last = Math.floor(chance() * syllables.length);
  let starts = chance() < 0.4;
  for (let i = 0; i < count; i++) {
    const isBalanced = balanced > 0 && chance() < balanced;
    const { text, number, fixed } = isBalanced ? wordByLetter(chance) : wordAfter(chance, last);
    last = number ?? last;
    const word = starts && !fixed ? (text[0] as string).toUpperCase() + text.slice(1) : text;
    const mark = chance() < (i === count - 1 ? 0.45 : 0.12) ? pick(chance, marks) : '';
    starts = /[.!?]/.test(mark) || (starts && fixed);
    words.push(word + mark);
    if (i < count - 1 && chance() < 0.012) words.push('-');
  }
  const line = words.join(' ');
  const whole = chance() < 0.03 ? pick(chance, framed)(line) : line;
  return (capitals ? whole.toUpperCase() : whole).normalize('NFC');
}

/** Upper limits of the chance of each kind of word; beyond the last one are the followers of the last syllable. */
const below = { name: 0.04, number: 0.065, english: 0.085, speech: 0.115, anySyllable: 0.295 };

function wordAfter(chance: Chance, last: number): Word {
  const kind = chance();
  const other = (text: string, fixed = false): Word => ({ text, number: null, fixed });
  if (kind < below.name) return other(nameBy(chance), true);
  if (kind < below.number) return other(numberBy(chance), true);
  if (kind < below.english) return other(pick(chance, english));
  if (kind < below.speech) return other(pick(chance, ofSpeech));
  const known = followers[last] as number[];
  const isAny = kind < below.anySyllable || known.length === 0;
  const number = isAny ? Math.floor(between(chance, 0, syllables.length)) : pick(chance, known);
  return { text: syllables[number] as string, number, fixed: false };
}

/** Syllables by each of their letters with a mark. The published data lacks ỵ, so it is there several times. */
const withLetter = new Map<string, string[]>();
for (const syllable of [...syllables, ...ofSpeech])
  for (const letter of syllable.match(/[^a-z]/gu) ?? [])
    withLetter.set(letter, [...(withLetter.get(letter) ?? []), syllable]);
const markedLetters = [...withLetter.keys(), ...'ỵỵỵỵỵ'];

function wordByLetter(chance: Chance): Word {
  const having = withLetter.get(pick(chance, markedLetters)) as string[];
  return { text: pick(chance, having), number: null, fixed: false };
}

const consonants = [...'kstnhmyrwgzdbpjcfl', 'sh', 'ch', ''];
const vowels = [...'aiueo'];

/** Returns a name as comics have it: open syllables, as in Japanese. */
function nameBy(chance: Chance): string {
  const count = pick(chance, [2, 2, 3, 3, 4]);
  const open = () => pick(chance, consonants) + pick(chance, vowels);
  const name = Array.from({ length: count }, open).join('') + pick(chance, ['', '', '', 'n', 's', 'r']);
  return (name[0] as string).toUpperCase() + name.slice(1);
}

const numberBy = (chance: Chance) =>
  pick(chance, [
    () => String(Math.floor(chance() * 10)),
    () => String(Math.floor(chance() * 1000)),
    () => `${Math.floor(chance() * 100)}.000`,
    () => `${Math.floor(chance() * 100)}%`,
    () => `${1 + Math.floor(chance() * 12)}/${1 + Math.floor(chance() * 12)}`,
    () => `${Math.floor(chance() * 24)}:${10 + Math.floor(chance() * 50)}`,
  ])();
