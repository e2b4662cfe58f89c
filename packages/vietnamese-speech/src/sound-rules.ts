import { base, vowel } from './letters.ts';
import { type Rule, rule, whole } from './rule.ts';
import { sounds } from './vocabulary.ts';

const laughs = 'ha|hê|he|hi|hí|hô|ho|hu|hú|há|hà|hế|hề|hự|khà|khẹ|kha|khí|khì|ka|ke|ki|ku|mua|la|á|é';

/** Shortens drawn-out sounds to a length that can be spoken. */
export const soundRules: readonly Rule[] = [
  // T-t-tôi, Ch… chờ, A-anh: a stammer is spoken as a repeated word, not as a letter.
  rule(
    /(?<![\p{L}\p{M}-])((?:[\p{L}\p{M}]{1,3}(?:-|\s?(?:…|\.{2,3})\s?))+)([\p{L}\p{M}]+)(?![\p{L}\p{M}-])/gu,
    ([, starts = '', word = '']) =>
      isStammer(starts, word) ? `${repeated(starts, word)}… ${word}` : undefined,
  ),
  rule(whole(String.raw`[\p{L}\p{M}]+`), ([word]) => {
    // SSS is a rank, sss is a sound.
    if (vowel.test(base(word)) || /^S{2,3}$/.test(word)) return undefined;
    const written = word.toLowerCase();
    return sounds.find(([pattern]) => pattern.test(written))?.[1];
  }),
  // Aaaaa → Aaa, Bùmmm → Bùm, Saooo → Sao, Trờiiii → Trời
  rule(/(\p{L})\p{L}{2,}/gu, ([run]) => shortened(run)),
  rule(whole(String.raw`(${laughs})\1+`, 'giu'), ([found, one = '']) =>
    Array.from({ length: Math.min(3, found.length / one.length) }, (_, index) =>
      index === 0 ? one : one.toLowerCase(),
    ).join(' '),
  ),
  rule(whole('(m[uw]a|b[uw]a)(?:ha){2,}', 'giu'), ([, one = '']) => `${one.replace(/w/i, 'u')} ha ha ha`),
  rule(
    whole(String.raw`([\p{L}]{2,4}?)\1{2,}`, 'giu'),
    ([, one = '']) => `${one} ${one.toLowerCase()} ${one.toLowerCase()}`,
  ),
  // A word that is repeated many times is said four times.
  rule(
    /(?<![\p{L}\p{M}])([\p{L}\p{M}]+)((?:[\s,…!-]+\1){3})(?:[\s,…!-]+\1)+(?![\p{L}\p{M}])/giu,
    ([, one, again]) => `${one}${again}`,
  ),
];

/** Shortens each run of more than two equal letters (ignoring marks) to one, or to three if it is the whole word. */
function shortened(word: string): string | undefined {
  const letters = Array.from(word);
  let result = '';
  let changed = false;
  for (let start = 0; start < letters.length; ) {
    let end = start + 1;
    while (end < letters.length && base(letters[end] ?? '') === base(letters[start] ?? '')) end++;
    const run = letters.slice(start, end);
    const alone = run.length === letters.length;
    const longest = alone ? 3 : run.length > 2 ? 1 : run.length;
    // Keeps the letter with its marks from anywhere in the run: “trờiii”, “khôôông”, “oooồ”.
    const kept =
      run.length > longest && !alone
        ? [run.find((letter) => base(letter) !== letter.toLowerCase()) ?? run[0]]
        : run.slice(0, longest);
    changed ||= kept.length < run.length;
    result += kept.join('');
    start = end;
  }
  return changed ? result : undefined;
}

/** Returns whether each start is a start of the word: consonants alone or, joined by hyphens, with one vowel. */
function isStammer(starts: string, word: string): boolean {
  const parts = starts.split(/[^\p{L}\p{M}]+/u).filter(Boolean);
  const joinedBy = /^[^.…]*$/.test(starts) ? 'hyphens' : 'pauses';
  return parts.every((part) => {
    const start = base(part);
    const isShort = start.length < base(word).length && base(word).startsWith(start);
    return isShort && (!vowel.test(start) || (joinedBy === 'hyphens' && start.length === 1));
  });
}

/** Returns the first repetition of the word, with a capital if the stammer had one. */
const repeated = (starts: string, word: string): string =>
  /^\p{Lu}/u.test(starts) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
