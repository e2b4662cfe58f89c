import { type Rule, rule } from './rule.ts';
import { currencies, symbols, topLevelDomains } from './vocabulary.ts';

const sayDomain = (host: string): string =>
  host
    .replace(/^www\./i, '')
    .split('.')
    .map((label, index) =>
      index > 0 ? (topLevelDomains[label.toLowerCase()] ?? label) : label.replace(/[-_]/g, ' '),
    )
    .join(' chấm ');

const domains = Object.keys(topLevelDomains).join('|');

/** Writing that is recognized by its shape, before any words: headings, parts of numbers, addresses. */
export const openingRules: readonly Rule[] = [
  rule(/\[[\s[\]]*\]/gu, () => ' '),
  rule(/\[/gu, () => ' '),
  rule(/\]\s*(?=[.,;:!?…]|$)/gu, () => ''),
  rule(/\]/gu, () => ', '),
  rule(/№/gu, () => '#'),
  // 1½ giờ: “rưỡi” follows the unit.
  rule(
    /(?<=\p{N})½\s*(giờ|tiếng|phút|ngày|tuần|tháng|năm|kg|km|cân|mét|m|lít|nghìn|triệu|tỷ|tỉ)(?![\p{L}\p{M}])/gu,
    ([, unit]) => ` ${unit} rưỡi`,
  ),
  rule(/(?<=\p{N})½/gu, () => ' rưỡi'),
  rule(/(?<=\p{N})(?=[¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚])/gu, () => ' và '),
  rule(/(?<=\p{Nd})([⁰¹²³⁴-⁹]+)/gu, ([, power = '']) => ` mũ ${power.normalize('NFKC')}`),
  // Replaces full-width, circled and squared forms of letters, digits and units by plain ones.
  rule(/[\p{No}\p{Nl}ᴀ-ᴢ℀-℻\u3300-\u33ffﬀ-ﬆ\u{1d400}-\u{1d7ff}]/gu, ([character]) =>
    /[™℠]/u.test(character) ? ' ' : character.normalize('NFKC').normalize('NFC'),
  ),
  // Digits of other scripts, and numbers without a plain form.
  rule(/(?![0-9])\p{Nd}/gu, ([character]) => String(digitValue(character))),
  rule(/[\p{No}\p{Nl}]/gu, () => ' '),
  rule(
    /https?:\/\/(?:[^\s/?#@]*@)?([\p{L}\p{N}.-]*[\p{L}\p{N}])(?::\d+)?(?:[/?#][^\s"”»)\]]*)?/giu,
    ([, host = '']) => sayDomain(host),
  ),
  rule(
    /(?<![\p{L}\p{N}._%+-])([\p{L}\p{N}._%+-]+)@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/gu,
    ([, name = '', host = '']) => `${name.replace(/[._%+-]+/g, ' ')} a còng ${sayDomain(host)}`,
  ),
  rule(
    () =>
      new RegExp(
        String.raw`(?<![\p{L}\p{N}.@])((?:[a-z0-9-]+\.)+(?:${domains}))(?:/[^\s"”»)\]]*)?(?![\p{L}\p{N}])`,
        'giu',
      ),
    ([found, host = '']) =>
      // “xong.Me” is the end of a sentence; an address has only one case.
      /^[a-z0-9.-]+$/.test(host) && !/^v\.v/.test(found) ? sayDomain(host) : undefined,
  ),
];

/** Returns the value of a digit of any script; digits come in runs of ten. */
function digitValue(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

/** Handles the marks and symbols that are left after all other rules. */
export const closingRules: readonly Rule[] = [
  rule(/[\p{S}&]/gu, ([symbol]) => {
    const said = symbols[symbol] ?? currencies[symbol];
    return said === undefined ? ' ' : ` ${said} `;
  }),
  rule(/[@#*_|\\^~`{}[\]•·§¶†‡]/gu, () => ' '),
  rule(/(?<=\p{L})\/(?=\p{L})/gu, () => ' '),
  rule(/\s\/\s|\//gu, () => ' '),
  rule(/[%‰°]/gu, () => ' '),
  rule(/。|．/gu, () => '.'),
  rule(/、|，/gu, () => ', '),
  // A dash between words is a pause; at the start it only introduces speech.
  rule(/^[\s\-–—―−]+/gu, () => ''),
  rule(/\s*(?:\s[-–—―−]+\s|[–—―]+)\s*/gu, () => ', '),
  rule(/[-−]{2,}/gu, () => ', '),
  rule(/(?<![\p{L}\p{M}])-|-(?![\p{L}\p{M}])/gu, () => ' '),
  rule(/[‼⁇⁈⁉]/gu, ([marks]) => (marks === '‼' ? '!' : '?')),
  // Marks of other scripts.
  rule(/[^\p{L}\p{M}\p{N}\s.,;:!?…'"“”‘’„()«»-]+/gu, () => ' '),
  rule(/[!?.…‼⁇⁈⁉¡¿]*\?[!?.…‼⁇⁈⁉]*/gu, () => '?'),
  rule(/[!.…‼]*[!‼][!.…‼]*/gu, () => '!'),
  rule(/(?:\.\s?){2,}|…[.…\s]*…|…\.+/gu, () => '…'),
  rule(/\s+(?=[.,;:!?…])/gu, () => ''),
  rule(/[,;:](?:[\s,;:]*[,;:])+/gu, ([run]) => run.slice(0, 1)),
  rule(/(?<=[.!?…])\s?[.,;:]+/gu, () => ''),
  rule(/[,;:]+\s?(?=[.!?…])/gu, () => ''),
  rule(/(?<=[.,;:!?…])(?=\p{L})/gu, () => ' '),
  rule(/\(\s*\)|“\s*”|"\s*"|«\s*»/gu, () => ' '),
  // Removes a mark that has lost its base.
  rule(/\p{L}\p{M}+/gu, ([letter]) => letter.normalize('NFC')),
  rule(/(?<![\p{L}\p{M}])\p{M}+/gu, () => ''),
  rule(/\s+/gu, () => ' '),
  rule(/^[\s.,;:!?…-]+|[\s,;:-]+$/gu, () => ''),
];
