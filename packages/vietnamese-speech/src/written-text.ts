import { isInCapitals, lowered, settled } from './capitals.ts';
import { formRules } from './form-rules.ts';
import { applied, type Rule, rule, whole } from './rule.ts';
import { isSyllable } from './syllable.ts';
import { tidyRules } from './tidy-rules.ts';
import { TracedText } from './traced-text.ts';

/** A tone mark, or the mark of ă, â or ê, ô: abbreviations have none of them. */
const marked = /[\u0300-\u0303\u0306\u0309\u0323]/;

/** Đừng ĐI: an emphasized word among others. */
const calledOut: Rule = rule(whole(String.raw`\p{Lu}[\p{Lu}\p{M}]+`), ([word]) =>
  marked.test(word.normalize('NFD')) && isSyllable(word) ? word.toLowerCase() : undefined,
);

export interface Lettering {
  /** Whether the page is lettered in capitals, so that a single word in capitals is an ordinary word. */
  inCapitals?: boolean;
}

/**
 * Returns lettering as a subtitle shows it: sentences in lower case; numbers, units, money and abbreviations as
 * written, so that `speechText` can still interpret them. A line of a sign ends like a sentence. Meaningless marks and
 * symbols are left out; empty if no letter and no digit remains.
 */
export function writtenText(lettering: string, { inCapitals = false }: Lettering = {}): string {
  const formed = applied(formRules, new TracedText(lettering.normalize('NFC')));
  const calm = isInCapitals(formed.text) ? lowered(settled(formed)) : applied([calledOut], formed);
  const { text } = applied(tidyRules, calm);
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  // The only Vietnamese word that could be an abbreviation when it stands alone.
  return inCapitals ? text.replace(/^AI$/u, 'Ai') : text;
}
