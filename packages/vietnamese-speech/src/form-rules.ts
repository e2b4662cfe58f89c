import { type Rule, rule } from './rule.ts';

/** Removes emoticons. */
export const emoticons: Rule = rule(
  /(?<![\p{L}\p{N}])(?:[:;=]['’]?-?[)(DPpv|]+|[:=]-?3|[xX]D+|T[_.]T|>[_.]<|-_-|\^[_.-]?\^|@_?@)(?![\p{L}\p{N}])/gu,
  () => ' ',
);

/**
 * Normalizes writing before it is read, silently or aloud: invisible characters, look-alikes, emoticons, East Asian
 * quotes. A reader sees no difference.
 */
export const formRules: readonly Rule[] = [
  // A line of a sign or a window ends like a sentence, or like a phrase if the next line starts in lower case.
  rule(/(?<=[.,;:!?…‼⁇⁈⁉—–-]["'”’»)\]】]*)[ \t]*(?:\r?\n|\p{Zl}|\p{Zp})\s*/gu, () => ' '),
  rule(/(?<=\S)[ \t]*(?:\r?\n|\p{Zl}|\p{Zp})\s*(?=\p{Ll})/gu, () => ', '),
  rule(/(?<=\S)[ \t]*(?:\r?\n|\p{Zl}|\p{Zp})\s*(?=\S)/gu, () => '. '),
  rule(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, () => ' '),
  rule(/(?:[\p{Cf}\p{Co}\p{Cs}\p{Cn}\ufffd]|\p{Variation_Selector}|\p{Me})+/gu, () => ''),
  // A mark on another character than a letter, such as a digit, would move to the word that replaces the character.
  rule(/(?<![\p{L}\p{M}])\p{M}+/gu, () => ''),
  // Composes characters that have become adjacent.
  rule(/[^\p{ASCII}]+/gu, ([run]) => run.normalize('NFC')),
  // Full-width letters, digits and marks.
  rule(/[！-～]/gu, ([character]) => character.normalize('NFKC')),
  emoticons,
  rule(/[。｡]/gu, () => '.'),
  rule(/[、､]/gu, () => ', '),
  // East Asian quotes and headings: 「Ai đó?」, 【Hệ thống】
  rule(/[「『《〈]/gu, () => '“'),
  rule(/[」』》〉]/gu, () => '”'),
  rule(/[【〔]/gu, () => '['),
  rule(/[】〕]/gu, () => ']'),
];
