import { dates, times } from './calendar-rules.ts';
import { fractions } from './fraction-rules.ts';
import { identifiers } from './identifier-rules.ts';
import { readUnpadded as plain, readDigits, readNumber, readOrdinal } from './numbers.ts';
import { anyOf, dash, type Rule, rule, whole } from './rule.ts';
import { bareUnits, currencies, letterNames, multiples, units } from './vocabulary.ts';

/** A number with thousands and decimals; a unit can follow it, but not another digit. */
const number = String.raw`\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?: \d{3})*(?: \d{3} \d{3}| 000)(?!\d)|\d+(?:[.,]\d+)?`;
const notAfter = String.raw`(?<![\p{L}\p{M}\p{N}]|\d[.,])`;
const notBefore = String.raw`(?![\p{L}\p{M}\p{N}])`;
const magnitude = 'nghìn tỷ|nghìn tỉ|nghìn|ngàn|triệu|tỷ|tỉ';

const money = anyOf(currencies);
const amounts: readonly Rule[] = [
  // $100, US$5 triệu
  rule(
    () =>
      new RegExp(
        String.raw`${notAfter}(US\$|[$€£¥￥₩₫])\s?(${number})(?:(k|K|tr)(?!\p{L})|(\s?)(${magnitude})(?!\p{L}))?`,
        'gu',
      ),
    ([, mark, amount, multiple, , great]) => {
      const times = great ?? multiples[multiple ?? ''];
      return [readNumber(amount ?? ''), times, currencies[mark ?? '']].filter(Boolean).join(' ');
    },
  ),
  // 2tr5, 1tr250
  rule(whole(String.raw`(\d+)tr(\d{1,3})`, 'giu'), ([, millions, rest]) =>
    rest === '5' ? `${plain(millions)} triệu rưỡi` : `${plain(millions)} triệu ${plain(rest)}`,
  ),
  // 4K of a screen, before 50K of money
  rule(whole('([248])K'), ([, count]) => `${plain(count)} ca`),
  // 50k, 50k đ, 5tr
  rule(
    () => new RegExp(String.raw`${notAfter}(${number})\s?(k|K|tr|Tr)(?![\p{L}\p{N}])`, 'gu'),
    ([, amount, multiple]) => `${readNumber(amount ?? '')} ${multiples[multiple ?? '']}`,
  ),
  // 1.500đ, 20 USD, 5 triệu $
  rule(
    () => new RegExp(String.raw`${notAfter}(${number})(\s?(?:${magnitude}))?\s?(${money})${notBefore}`, 'gu'),
    ([, amount, great, mark]) =>
      `${readNumber(amount ?? '')}${great ? ` ${great.trim()}` : ''} ${currencies[mark ?? '']}`,
  ),
  rule(
    () => new RegExp(String.raw`(?<=nghìn|triệu|tỷ|tỉ|ngàn)\s?(${money})${notBefore}`, 'gu'),
    ([, mark]) => ` ${currencies[mark ?? '']}`,
  ),
];

const afterNumber = anyOf(units);
const quantities: readonly Rule[] = [
  // 1m8, 1m70, 1m75; 1m2 and 1m3 are areas and volumes
  rule(
    whole(String.raw`(\d+)m(\d{2}|[4-9])`),
    ([, metres, rest]) => `${plain(metres)} mét ${plain(rest?.replace(/(?<=[1-9])0$/, ''))}`,
  ),
  // 10 x 20 cm, before the unit takes its number
  rule(/(?<=\d)\s?[xX*]\s?(?=\d)/gu, () => ' nhân '),
  rule(/(?<=\d)\^(?=\d)/gu, () => ' mũ '),
  // −5, -3,5: not the dash between words or numbers.
  rule(/(?<=^|[\s(“"])[-−](?=\d)/gu, () => 'âm '),
  rule(/(?<=^|[\s(])~\s?(?=\d)/gu, () => 'khoảng '),
  // Scores, before ranges.
  rule(
    /(?<=(?:tỉ số|tỷ số|thắng|thua|hòa|hoà|dẫn|gỡ)\s+)(\d+)\s?[-–:]\s?(\d+)(?!\d)/giu,
    ([, one, other]) => `${plain(one)} ${plain(other)}`,
  ),
  // 5-10 kg, 1990–1995, 5%-10%
  rule(
    () =>
      new RegExp(
        String.raw`(?<=\d(?:\s?(?:${afterNumber}))?)${dash}(?=\d)(?<!\d[-–—~]\d+\s?[-–—~]\s?)(?!\d+[-–]\d)`,
        'gu',
      ),
    () => ' đến ',
  ),
  rule(
    () => new RegExp(String.raw`${notAfter}(${number})\s?(${afterNumber})${notBefore}`, 'gu'),
    ([found, amount, unit]) => {
      // “5 m” is a length, but “A 5 s” is ambiguous: a single letter must touch its number, except m, g and l.
      if (/\s[sVW]$/u.test(found)) return undefined;
      return `${readNumber(amount ?? '')} ${units[unit ?? '']}`;
    },
  ),
  rule(
    /(?<=(?:mét|gam|lít|đồng|đô la|yên|giờ|tấn|cái|chiếc|người|con|lần|nghìn|ngàn|triệu|tỷ|tỉ))\s?\/\s?(?=\p{L})/gu,
    () => ' một ',
  ),
  rule(whole(bareUnits.join('|')), ([unit]) => units[unit]),
];

const arrow = String.raw`\s?(?:[-=–—]+>|[→⇒➔➜⟶])\s?`;
const value = (digits: string | undefined) => Number((digits ?? '').replace(/[.,\s]/g, ''));

/** The divisions of a work, before their number. */
const volumes = String.raw`(?<![\p{L}\p{M}])(?:chương|chap|chapter|tập|hồi|quyển|phần|kỳ|vol|volume|ngoại truyện)\.?`;

const ordinals: readonly Rule[] = [
  // Chương 001, tập 10.5: numbers of divisions have no thousands, and their leading zeros are padding.
  rule(
    () => new RegExp(String.raw`(?<=${volumes}\s+(?:\d+\s?[-–—]\s?)?)0+(?=\d)`, 'giu'),
    () => '',
  ),
  rule(
    () => new RegExp(String.raw`(?<=${volumes}\s+\d{1,4})\.(?=\d{1,2}(?![.\d]))`, 'giu'),
    () => ',',
  ),
  // Level 99 -> 100, Lv.1 → Lv.2
  rule(
    () =>
      new RegExp(String.raw`(\d[\d.,]*)(\s?%)?${arrow}(?=(?:(?:lê vồ|level|cấp|hạng)\s)?(\d[\d.,]*))`, 'giu'),
    ([, from, unit = '', to]) => `${from}${unit} ${value(to) < value(from) ? 'xuống' : 'lên'} `,
  ),
  rule(
    whole(String.raw`(lần thứ|thứ|hạng|giải)(\s+)(\d{1,3})`, 'giu'),
    ([, lead, space, rank]) => `${lead}${space}${readOrdinal(rank ?? '')}`,
  ),
  rule(whole(String.raw`(\d+)(?:st|nd|rd|th)`, 'giu'), ([, rank]) => `thứ ${readOrdinal(rank ?? '')}`),
  rule(/(?:#\s?|\bN[oO]\.\s?)(?=\d)/gu, () => 'số '),
  rule(/(?<=^|\s)x(?=\d)/giu, () => 'nhân '),
];

const rest: readonly Rule[] = [
  rule(/(?<=^|[\s(])\+\s?(?=\d)/gu, () => 'cộng '),
  rule(/(?<=\d)\s?\+\s?(?=\d)/gu, () => ' cộng '),
  rule(/(?<=\d)\+/gu, () => ' cộng'),
  rule(/(?<=\d)\s?<\s?(?=\d)/gu, () => ' nhỏ hơn '),
  rule(/(?<=\d)\s?>\s?(?=\d)/gu, () => ' lớn hơn '),
  // Names that are read digit by digit.
  rule(whole('B-?52'), () => 'bê năm hai'),
  rule(whole('AK-?47'), () => 'a ca bốn bảy'),
  // 3D, B40
  rule(/(?<=\d)\s?([A-ZĐ])(?![\p{L}\p{M}])/gu, ([, letter]) => ` ${letterNames[letter ?? '']}`),
  rule(/(?<![\p{L}\p{M}])([A-ZĐ])-?(?=\d)/gu, ([, letter]) => `${letterNames[letter ?? '']} `),
  rule(/(?<=\d)(?=\p{L})/gu, () => ' '),
  rule(/(?<=\p{L})-?(?=\d)/gu, () => ' '),
  // 1.2.3
  rule(/(?<![\d.])\d{1,2}(?:\.\d{1,2}){2,}(?!\.?\d)/gu, ([found]) =>
    found.split('.').map(plain).join(' chấm '),
  ),
  rule(
    () => new RegExp(number, 'gu'),
    ([found]) => readNumber(found),
  ),
  // Spells a number that touches the following word.
  rule(/\p{Nd}+/gu, ([found]) => readDigits(found)),
];

/** All rules for digits, in order of precedence. */
export const numberRules: readonly Rule[] = [
  ...identifiers,
  ...dates,
  ...times,
  ...ordinals,
  ...amounts,
  ...quantities,
  ...fractions,
  ...rest,
];
