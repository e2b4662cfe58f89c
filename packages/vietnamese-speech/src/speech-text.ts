import { isInCapitals, lowered, sentenceCase, settled } from './capitals.ts';
import { foreignRules } from './foreign-rules.ts';
import { emoticons, formRules } from './form-rules.ts';
import { latinRules } from './latin-rules.ts';
import { closingRules, openingRules } from './mark-rules.ts';
import { numberRules } from './number-rules.ts';
import { applied, type Rule } from './rule.ts';
import { soundRules } from './sound-rules.ts';
import { TracedText } from './traced-text.ts';
import { abbreviationRules, capitalRules, romanRules } from './word-rules.ts';

/** A word of the text, and its part of `spoken` in UTF-16 units. */
export interface SpeechWord {
  text: string;
  from: number;
  to: number;
}

export interface SpeechText {
  /** Vietnamese words with the punctuation that determines the intonation; no digits, no symbols. */
  spoken: string;
  /** Every word of the text, in order. An unspoken one (a dash, an emoji) belongs to its neighbour. */
  words: SpeechWord[];
}

/** The most capitals of an abbreviation or a cry; a longer run belongs to a sentence in capitals. */
const mostOfWord = 6;

const rules: readonly Rule[] = [
  // Once more, since letters of other forms, such as 𝕯, are plain now, and digits behind an emoticon become words.
  emoticons,
  ...romanRules,
  ...abbreviationRules,
  ...numberRules,
  ...soundRules,
  ...capitalRules,
  ...foreignRules,
  ...closingRules,
];

/**
 * Converts the words of a sentence in capitals to lower case; a single word is left to the rules for names and cries.
 */
function calm(formed: TracedText): TracedText {
  if (!isInCapitals(formed.text)) return formed;
  const written = settled(formed);
  const capitals = formed.text.match(/\p{Lu}/gu)?.length ?? 0;
  if (capitals <= mostOfWord) return written;
  return applied([...romanRules, ...abbreviationRules, sentenceCase], lowered(written));
}

function normalised(text: string): TracedText {
  const formed = applied(formRules, new TracedText(text));
  let current = applied([...openingRules, ...latinRules], calm(formed));
  // The output of one rule can become input of another. Two rounds are enough; the bound is a safeguard.
  for (let round = 0; round < 4; round++) {
    const next = applied(rules, current);
    if (next.text === current.text) break;
    current = next;
  }
  return current;
}

/**
 * Returns Vietnamese text as it is read aloud: numbers, dates, times, money, units, Roman numerals, abbreviations,
 * capitals, drawn-out sounds and symbols as words. Its output is unchanged by a second call, in NFC, and empty when
 * nothing can be read.
 */
export function speakable(text: string): string {
  return speechText(text).spoken;
}

/** Returns the same text as `speakable`, with the part of each word of the text. */
export function speechText(text: string): SpeechText {
  const source = text.normalize('NFC');
  const traced = normalised(source);
  if (!/[\p{L}\p{N}]/u.test(traced.text)) return { spoken: '', words: [] };
  return { spoken: traced.text, words: wordsOf(source, traced) };
}

function wordsOf(source: string, { text, origins }: TracedText): SpeechWord[] {
  const written = [...source.matchAll(/\S+/gu)].map((match) => ({
    text: match[0],
    end: match.index + match[0].length,
  }));
  const found: { text: string; from?: number; to?: number }[] = written.map((word) => ({ text: word.text }));
  let current = 0;
  for (const match of text.matchAll(/\S+/gu)) {
    const origin = origins[match.index] ?? 0;
    // Words stay in order, whatever the rules changed.
    while (current < written.length - 1 && (written[current]?.end ?? 0) <= origin) current++;
    const word = found[current];
    if (!word) continue;
    word.from ??= match.index;
    word.to = match.index + match[0].length;
  }
  return merged(found);
}

/** Merges each unspoken word into the previous one, or at the start into the next one. */
function merged(found: readonly { text: string; from?: number; to?: number }[]): SpeechWord[] {
  const words: SpeechWord[] = [];
  let leading = '';
  for (const { text, from, to } of found) {
    const last = words.at(-1);
    if (from !== undefined && to !== undefined) {
      words.push({ text: leading + text, from, to });
      leading = '';
    } else if (last) last.text += ` ${text}`;
    else leading += `${text} `;
  }
  return words;
}
