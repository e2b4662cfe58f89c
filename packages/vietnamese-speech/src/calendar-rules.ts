import { readUnpadded as plain, readOrdinal } from './numbers.ts';
import { dash, type Rule, rule, whole } from './rule.ts';

export const isDay = (text: string | undefined) => Number(text) >= 1 && Number(text) <= 31;
export const isMonth = (text: string | undefined) => Number(text) >= 1 && Number(text) <= 12;
export const month = (text: string | undefined) => `tháng ${readOrdinal(text ?? '', 'month')}`;

export const dates: readonly Rule[] = [
  // 2026-03-05, 2026/3/5
  rule(whole(String.raw`(ngày\s+)?(\d{4})([-/])(\d{1,2})\3(\d{1,2})`, 'giu'), ([, day, y, , m, d]) =>
    isDay(d) && isMonth(m) ? `${day ?? 'ngày '}${plain(d)} ${month(m)} năm ${plain(y)}` : undefined,
  ),
  // 5/3/2026, 05-03-2026, 5.3.2026
  rule(
    whole(String.raw`(ngày\s+|mùng\s+|mồng\s+)?(\d{1,2})([/.-])(\d{1,2})\3(\d{4})`, 'giu'),
    ([, day, d, , m, y]) =>
      isDay(d) && isMonth(m) ? `${day ?? 'ngày '}${plain(d)} ${month(m)} năm ${plain(y)}` : undefined,
  ),
  // 2/11/20
  rule(whole(String.raw`(ngày\s+|mùng\s+|mồng\s+)?(\d{1,2})/(\d{1,2})/(\d{2})`, 'giu'), ([, day, d, m, y]) =>
    isDay(d) && isMonth(m) ? `${day ?? 'ngày '}${plain(d)} ${month(m)} năm ${plain(y)}` : undefined,
  ),
  // 20-25/12
  rule(whole(String.raw`(ngày\s+)?(\d{1,2})${dash}(\d{1,2})/(\d{1,2})`, 'giu'), ([, day, from, to, m]) =>
    isDay(from) && isDay(to) && isMonth(m)
      ? `${day ?? 'ngày '}${plain(from)} đến ${plain(to)} ${month(m)}`
      : undefined,
  ),
  // ngày 2/9, sáng 2/9
  rule(
    whole(
      String.raw`(ngày|hôm|sáng|trưa|chiều|tối|đêm|mùng|mồng|rằm)(\s+)(\d{1,2})[/.-](\d{1,2})(?![/.,-]?\d)`,
      'giu',
    ),
    ([, lead, space, d, m]) => {
      if (!isDay(d) || !isMonth(m)) return undefined;
      const day = /^(ngày|mùng|mồng)$/iu.test(lead ?? '') ? '' : 'ngày ';
      return `${lead}${space}${day}${plain(d)} ${month(m)}`;
    },
  ),
  // tháng 3/2026, 3/2026
  rule(whole(String.raw`(tháng\s+)?(\d{1,2})/(\d{4})`, 'giu'), ([, lead, m, y]) =>
    isMonth(m) ? `${lead ?? 'tháng '}${readOrdinal(m ?? '', 'month')} năm ${plain(y)}` : undefined,
  ),
  rule(whole(String.raw`(tháng\s+)(\d{1,2})`, 'giu'), ([, lead, m]) =>
    isMonth(m) ? `${lead}${readOrdinal(m ?? '', 'month')}` : undefined,
  ),
  rule(whole(String.raw`((?:ngày|mùng|mồng)\s+)(0\d)`, 'giu'), ([, lead, d]) => `${lead}${plain(d)}`),
];

const isTime = (h?: string, m?: string, s?: string) =>
  Number(h) <= 24 && Number(m ?? 0) < 60 && Number(s ?? 0) < 60;

function sayTime(h?: string, m?: string, s?: string, half?: string): string | undefined {
  if (!isTime(h, m, s)) return undefined;
  const afternoon = Number(h) >= 6 && Number(h) < 12 ? 'tối' : 'chiều';
  return [
    `${plain(h)} giờ`,
    Number(m ?? 0) > 0 || Number(s ?? 0) > 0 ? `${plain(m)} phút` : '',
    Number(s ?? 0) > 0 ? `${plain(s)} giây` : '',
    half ? (/^(am|sa)$/i.test(half) ? 'sáng' : afternoon) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

export const times: readonly Rule[] = [
  // 7h-9h, 7:30-9:00
  rule(
    () => new RegExp(String.raw`(?<=\d(?:h|g|h\d\d|g\d\d|:\d\d))${dash}(?=\d{1,2}(?:h|g|:\d\d))`, 'giu'),
    () => ' đến ',
  ),
  rule(
    whole(
      String.raw`(\d{1,2})\s?(?:h|g|giờ\s?)(\d{1,2})(?:\s?(?:'|p|ph|phút))?(?:(\d{1,2})s)?(\s?(?:am|pm))?`,
      'giu',
    ),
    ([, h, m, s, half]) => sayTime(h, m, s, half?.trim()),
  ),
  rule(
    whole(String.raw`(\d{1,2})h(\s?(?:am|pm))?`, 'giu'),
    ([, h, half]) => sayTime(h, undefined, undefined, half?.trim()) ?? `${plain(h)} giờ`,
  ),
  rule(whole(String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?(\s?(?:am|pm|sa|ch))?`, 'giu'), ([, h, m, s, half]) =>
    sayTime(h, m, s, half?.trim()),
  ),
  rule(whole(String.raw`(\d{1,2})\s?(am|pm)`, 'giu'), ([, h, half]) =>
    sayTime(h, undefined, undefined, half),
  ),
  // 5'30"
  rule(/(\d+)['’′]\s?(?:(\d+)["”″])?(?![\p{L}\p{N}])/gu, ([, m, s]) =>
    s ? `${plain(m)} phút ${plain(s)} giây` : `${plain(m)} phút`,
  ),
];
