import { isInCapitals, lowered, settled } from './capitals.ts';
import { formRules } from './form-rules.ts';
import { applied, type Rule, rule, whole } from './rule.ts';
import { isSyllable } from './syllable.ts';
import { tidyRules } from './tidy-rules.ts';
import { TracedText } from './traced-text.ts';

/** A tone, or what makes ă, â, ê, ô: abbreviations have none of them. */
const marked = /[\u0300-\u0303\u0306\u0309\u0323]/;

/** Đừng ĐI: a word that is called out among others. */
const calledOut: Rule = rule(whole(String.raw`\p{Lu}[\p{Lu}\p{M}]+`), ([word]) =>
  marked.test(word.normalize('NFD')) && isSyllable(word) ? word.toLowerCase() : undefined,
);

export interface Lettering {
  /** Whether the page around it is lettered in capitals: a single word in them is then a word like others. */
  inCapitals?: boolean;
}

/**
 * Lettering as a reader has it before him in a subtitle: sentences in small letters, numbers, units, money and
 * abbreviations as they are written, so that `speechText` can still tell what they are. A line of a sign ends like a
 * sentence. Marks and symbols that say nothing are left out; empty where no letter and no digit is left.
 */
export function writtenText(lettering: string, { inCapitals = false }: Lettering = {}): string {
  const formed = applied(formRules, new TracedText(lettering.normalize('NFC')));
  const calm = isInCapitals(formed.text) ? lowered(settled(formed)) : applied([calledOut], formed);
  const { text } = applied(tidyRules, calm);
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  // The one word of Vietnamese that alone could be an abbreviation: who, where all is lettered so.
  return inCapitals ? text.replace(/^AI$/u, 'Ai') : text;
}
