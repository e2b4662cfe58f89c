import { addressOf } from './addresses.ts';
import { anyOf, type Rule, rule } from './rule.ts';
import { abbreviations } from './vocabulary.ts';

const number = String.raw`\s?[\d½¼¾]`;
const afterNumber = String.raw`(?<=[\d½¼¾%]\s?)`;
const money = '[$€£¥₩₫]';

/** Symbols that have a meaning next to numbers. */
const meaning = [
  addressOf,
  String.raw`(?:US)?${money}(?=${number})|(?<=(?:\d|[kK]|tr|nghìn|ngàn|triệu|tỷ|tỉ)\s?)${money}`,
  String.raw`[−±≈~#№√](?=${number})|${afterNumber}[‰°℃℉\u3300-\u33ff]`,
  `${afterNumber}(?:->|=>|[→⇒=<>≤≥≠×÷*^−])(?=${number})`,
  // Lv.1 → Lv.2
  String.raw`${afterNumber}(?:->|=>|[→⇒])(?=\s?(?:lv\.?|level|cấp|hạng)\s?\d)`,
].join('|');

const withPoint = Object.fromEntries(
  Object.entries(abbreviations).filter(([short]) => /\.(?=\p{L})/u.test(`${short}a`)),
);

/** Removes characters that are useless to a voice and to a reader of subtitles, and collapses repeated marks. */
export const tidyRules: readonly Rule[] = [
  rule(
    () => new RegExp(String.raw`(${meaning})|[^\p{L}\p{M}\p{N}\s.,;:!?…'’"“”()[\]%&/+–—-]+`, 'giu'),
    ([, kept]) => kept ?? ' ',
  ),
  rule(/\s*&\s*/gu, () => ' và '),
  rule(/(?<!:)\/{2,}|(?<!https?):\/\//gu, () => ' '),
  rule(/\.{2,}/gu, () => '…'),
  rule(/[!?…]*\?[!?…]*/gu, () => '?'),
  rule(/[!…]*![!…]*/gu, () => '!'),
  rule(/…[.…]*/gu, () => '…'),
  rule(/\s+(?=[.,;:!?…])/gu, () => ''),
  rule(/(?<=[,;:])[.,;:]+/gu, () => ''),
  rule(/(?<=[.!?…])[.,;:]+/gu, () => ''),
  // A mark without a space before the next word, but not 4.0, 1:2, TP.HCM or an address.
  rule(
    () =>
      new RegExp(
        String.raw`(${addressOf}|(?<![\p{L}\p{M}])(?:${anyOf(withPoint)}))|(?<=\p{L}{2})\.(?=\p{L})|[,;:!?…](?=\p{L})`,
        'giu',
      ),
    ([mark, kept]) => kept ?? `${mark} `,
  ),
  rule(/\(\s*\)|\[\s*\]|“\s*”|"\s*"/gu, () => ' '),
  rule(/\s+/gu, () => ' '),
  rule(/^(?:\s|[.,;:!?…'’”)\]/%–—]|[+-](?!\d))+|[\s,;:–—-]+$/gu, () => ''),
];
