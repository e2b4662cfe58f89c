/** Vietnamese number words of a northern speaker: linh (not lẻ), nghìn (not ngàn). */
const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const groups = ['', 'nghìn', 'triệu'] as const;

/** Longer numbers are identifiers, which are not read as quantities. */
const longestQuantity = 15;

const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');
const digit = (character: string | undefined) => digits[Number(character ?? 0)] ?? '';

/** Returns the name of every digit; other characters are left out. */
export const readDigits = (text: string): string =>
  text
    .replace(/\D/g, '')
    .split('')
    .map((character) => digit(character))
    .join(' ');

/** Reads a whole number in decimal digits. A leading zero or too many digits make it an identifier. */
export function readInteger(text: string): string {
  if (text.length > longestQuantity || (text.length > 1 && text.startsWith('0'))) return readDigits(text);
  if (/^0+$/.test(text)) return digits[0];
  return readQuantity(text);
}

/** Like readInteger, for days, hours and counts, where leading zeros are ignored. */
export const readUnpadded = (text: string | undefined): string =>
  readInteger((text ?? '0').replace(/^0+(?=\d)/, ''));

/** Reads a number without leading zeros. Numbers above 999,999,999 are counted in billions (tỷ). */
function readQuantity(text: string): string {
  const above = text.slice(0, -9);
  const below = text.slice(-9);
  const parts: string[] = above ? [`${readQuantity(above)} tỷ`] : [];
  const padded = below.padStart(Math.ceil(below.length / 3) * 3, '0');
  const count = padded.length / 3;
  for (let index = 0; index < count; index++) {
    const group = padded.slice(index * 3, index * 3 + 3);
    if (group === '000') {
      // Without it, “mười hai triệu năm trăm” would be heard as twelve and a half million.
      const isBeforeHundreds = index === count - 2 && !padded.endsWith('000') && !/0\d\d$/.test(padded);
      if (isBeforeHundreds && parts.length > 0) parts.push('không nghìn');
      continue;
    }
    parts.push(joined(readGroup(group, parts.length > 0), groups[count - 1 - index]));
  }
  return parts.join(' ');
}

/** Reads three digits; after a greater group, zero hundreds are also read. */
function readGroup(group: string, inner: boolean): string {
  const [hundred, ten, one] = group;
  const hundreds = hundred !== '0' || inner ? `${digit(hundred)} trăm` : undefined;
  if (ten === '0') {
    if (one === '0') return hundreds ?? '';
    return joined(hundreds, hundreds && 'linh', digit(one));
  }
  return joined(hundreds, readTens(ten, one));
}

function readTens(ten: string | undefined, one: string | undefined): string {
  if (ten === '1') return joined('mười', one === '0' ? undefined : one === '5' ? 'lăm' : digit(one));
  const last = one === '0' ? undefined : { 1: 'mốt', 4: 'tư', 5: 'lăm' }[one ?? ''];
  return joined(digit(ten), 'mươi', last ?? (one === '0' ? undefined : digit(one)));
}

/** Reads an ordinal, as after “thứ” and “tháng”: the first is nhất only as a rank, the fourth is tư in both. */
export function readOrdinal(text: string, kind: 'rank' | 'month' = 'rank'): string {
  const plain = text.replace(/^0+(?=\d)/, '');
  if (plain === '1' && kind === 'rank') return 'nhất';
  if (plain === '4') return 'tư';
  return readInteger(plain);
}

/**
 * Reads a number in Vietnamese notation: points or single spaces between thousands and a comma before decimals. The
 * reverse is used if only that is valid (1,234.5). `1.5` is read with its point.
 */
export function readNumber(text: string): string {
  const plain = text.replace(/[ \u00a0\u202f]/g, '');
  const [, whole = '', mark = '', decimals = ''] = /^([\d.,]*?)(?:([.,])(\d+))?$/.exec(plain) ?? [];
  if (mark === '') return readInteger(plain);
  const grouped = /^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$/.exec(plain);
  if (grouped) return readInteger(plain.replace(/\D/g, ''));
  const integer = whole.replace(/\D/g, '');
  const spokenMark = mark === ',' || /\./.test(whole) || /,/.test(whole) ? 'phẩy' : 'chấm';
  return `${readInteger(integer)} ${spokenMark} ${readDecimals(decimals)}`;
}

/** Reads two decimals as a number; more decimals, or decimals after a zero, one by one. */
const readDecimals = (decimals: string) =>
  decimals.length > 2 || decimals.startsWith('0') ? readDigits(decimals) : readInteger(decimals);

const romanDigits: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };
const canonical = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

/** Returns the value of a Roman numeral; undefined for irregular ones (IIII, VX) and other texts. */
export function romanValue(numeral: string): number | undefined {
  if (numeral === '' || !canonical.test(numeral)) return undefined;
  const values = Array.from(numeral, (character) => romanDigits[character] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}
