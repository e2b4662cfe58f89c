import { readUnpadded as plain, readDigits } from './numbers.ts';
import { type Rule, rule, whole } from './rule.ts';
import { letterNames } from './vocabulary.ts';

/** Numbers that are identifiers and are read digit by digit. */
export const identifiers: readonly Rule[] = [
  // Licence plates: 29A-12345, 51F-123.45, 30E1 234.56
  rule(
    whole(String.raw`(\d{2})-?([A-ZĐ]{1,2})(\d?)[- ](\d{3}\.?\d{2}|\d{4})(?![.,]?\d)`),
    ([, province, letters = '', series = '', rest = '']) =>
      [
        plain(province),
        ...[...letters].map((letter) => letterNames[letter]),
        `${readDigits(series)},`,
        readDigits(rest),
      ]
        .join(' ')
        .replace(' ,', ','),
  ),
  // gọi 113
  rule(/(?<=(?:gọi|bấm|gọi cho|gọi số|bấm số|hotline)\s+)\d{3}(?![\d.,]\d|\d)/giu, ([found]) =>
    readDigits(found),
  ),
  // Telephone: 0912 345 678, +84 912-345-678, 1900 1234
  rule(
    /(?<![\p{L}\p{N}.,])\+84(?:[ .-]?\d{2,4}){2,4}(?![\p{N}])/gu,
    ([found]) => `cộng ${readDigits(found)}`,
  ),
  rule(/(?<![\p{L}\p{N}.,/-])0\d{2,3}(?:[ .-]?\d{2,4}){2,3}(?![\p{N}/])/gu, ([found]) =>
    /^\D*(?:\d\D*){9,11}$/.test(found) ? readDigits(found) : undefined,
  ),
  rule(/(?<![\p{L}\p{N}.,])1[89]00[ .-]\d{4,6}(?!\p{N})/gu, ([found]) => readDigits(found)),
  rule(
    /(?<=(?:mã|mã số|mã thẻ|tài khoản|điện thoại|hotline|biển số|căn cước công dân|chứng minh nhân dân|ai đi)(?:\s+số)?:?\s+)\d[\d .-]{2,}\d(?!\p{N})/giu,
    ([found]) => readDigits(found),
  ),
];
