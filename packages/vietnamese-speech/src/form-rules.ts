import { type Rule, rule } from './rule.ts';

/**
 * Brings writing to one form before it is read, by eye or aloud: invisible characters, look-alikes, faces made of
 * marks, quotes of the East. What is left is still what a reader sees.
 */
export const formRules: readonly Rule[] = [
  // A line of a sign or a window ends like a sentence, or like a phrase where the next goes on in small letters.
  rule(/(?<=[.,;:!?…‼⁇⁈⁉—–-]["'”’»)\]】]*)[ \t]*(?:\r?\n|\p{Zl}|\p{Zp})\s*/gu, () => ' '),
  rule(/(?<=\S)[ \t]*(?:\r?\n|\p{Zl}|\p{Zp})\s*(?=\p{Ll})/gu, () => ', '),
  rule(/(?<=\S)[ \t]*(?:\r?\n|\p{Zl}|\p{Zp})\s*(?=\S)/gu, () => '. '),
  rule(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, () => ' '),
  rule(/(?:[\p{Cf}\p{Co}\p{Cs}\p{Cn}\ufffd]|\p{Variation_Selector}|\p{Me})+/gu, () => ''),
  // A mark on what is no letter, such as a digit, would move to the word that the digit becomes.
  rule(/(?<![\p{L}\p{M}])\p{M}+/gu, () => ''),
  // What stood apart may compose now.
  rule(/[^\p{ASCII}]+/gu, ([run]) => run.normalize('NFC')),
  // Faces made of marks.
  rule(
    /(?<![\p{L}\p{N}])(?:[:;=]['’]?-?[)(DPpv|]+|[:=]-?3|[xX]D+|T[_.]T|>[_.]<|-_-|\^[_.-]?\^|@_?@)(?![\p{L}\p{N}])/gu,
    () => ' ',
  ),
  // Letters, digits and marks as wide as those of the East.
  rule(/[！-～]/gu, ([character]) => character.normalize('NFKC')),
  rule(/[。｡]/gu, () => '.'),
  rule(/[、､]/gu, () => ', '),
  // Quotes and headings of the East: 「Ai đó?」, 【Hệ thống】
  rule(/[「『《〈]/gu, () => '“'),
  rule(/[」』》〉]/gu, () => '”'),
  rule(/[【〔]/gu, () => '['),
  rule(/[】〕]/gu, () => ']'),
];
