const digits = '〇一二三四五六七八九';
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** A number in Chinese characters: with units (`二百五`), or as digits (`二〇`). */
function numberOf(text: string): number {
  const plain = text.replaceAll('零', '〇');
  if (!/[十百千]/.test(plain)) return Number([...plain].map((digit) => digits.indexOf(digit)).join(''));
  let sum = 0;
  let count = 0;
  for (const character of plain) {
    const unit = units[character];
    if (unit === undefined) count = digits.indexOf(character);
    else {
      sum += (count || 1) * unit;
      count = 0;
    }
  }
  return sum + count;
}

/** Matches between other letters only alone, after 第, or before a counted word: not the 三 of 三国志. */
const numeral =
  /(?<=^|第|[^\p{Script=Han}])[〇零一二三四五六七八九十百千]{1,9}(?=$|[話话回章巻卷集册冊部節节页頁号號]|[^\p{Script=Han}])/gu;

/** Converts the numbers in Chinese and Japanese names to digits: `第十二話` → `第12話`. */
export const withDigits = (text: string): string =>
  text.replace(numeral, (number) => String(numberOf(number)));
