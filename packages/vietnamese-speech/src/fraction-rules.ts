import { isDay, isMonth, month } from './calendar-rules.ts';
import { readUnpadded as plain, readOrdinal } from './numbers.ts';
import { type Rule, rule, whole } from './rule.ts';

/** Two numbers with a slash or a colon between them. */
export const fractions: readonly Rule[] = [
  // HP: 1/2 of a window is a count.
  rule(
    /(?<=(?:hát pê|mờ pê|SP|kinh nghiệm)\s?:?\s+)(\d+)\s?\/\s?(\d+)(?![\d/])/giu,
    ([, one, other]) => `${plain(one)} trên ${plain(other)}`,
  ),
  rule(whole('24/7'), () => 'hai mươi bốn trên bảy'),
  rule(
    /(?<=(?:trang|chương|tập|phần|số|nhà|điểm|hẻm|ngõ|được)\s+)(\d+)\s?\/\s?(\d+)(?![\d/])/giu,
    ([, one, other]) => `${plain(one)} trên ${plain(other)}`,
  ),
  rule(
    /(?<=(?:tỉ lệ|tỷ lệ|nhịp)\s+)(\d+)\s?\/\s?(\d+)(?![\d/])/giu,
    ([, one, other]) => `${plain(one)} ${plain(other)}`,
  ),
  // 20/11 is a date: such fractions are not used.
  rule(whole(String.raw`(\d{1,2})/(\d{1,2})(?![/⁄])`), ([, d, m]) =>
    isDay(d) && isMonth(m) && Number(d) > Number(m) && Number(m) > 1
      ? `ngày ${plain(d)} ${month(m)}`
      : undefined,
  ),
  // A fraction with a denominator up to ten; 30/100 is read as 30 out of 100.
  rule(whole(String.raw`(\d{1,3})\s?[/⁄]\s?(\d{1,3})(?![/⁄])`), ([, over, under]) =>
    (Number(under) > 1 && Number(under) <= 10 && over !== under) ||
    (Number(over) === 1 && Number(under) > 1 && Number(under) <= 100)
      ? `${plain(over)} phần ${readOrdinal(under ?? '')}`
      : `${plain(over)} trên ${plain(under)}`,
  ),
  rule(/(?<=\d)\s?[/⁄]\s?(?=\d)/gu, () => ' trên '),
  rule(/(?<=\d)\s?:\s?(?=\d)/gu, () => ' trên '),
];
