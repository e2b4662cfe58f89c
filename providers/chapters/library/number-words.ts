const english =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const englishTens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const vietnamese = 'một hai ba bốn năm sáu bảy tám chín'.split(' ');
/** Units behind a ten, and other spellings. */
const variants: Readonly<Record<string, number>> = { mốt: 1, tư: 4, lăm: 5, nhăm: 5, bẩy: 7 };

const place = (list: readonly string[], word: string | undefined) => list.indexOf(word ?? '') + 1;
const vietnameseUnit = (word: string | undefined) => variants[word ?? ''] ?? place(vietnamese, word);
const units = [...vietnamese, ...Object.keys(variants)].join('|');

const anyNumber = new RegExp(
  String.raw`(?<=(?:chapter|episode|issue|part|volume|book|chương|hồi|tập|quyển|phần)[\s.:#-]+)(?:(?<tens>${englishTens.join('|')})(?:[\s-](?<unit>${english.slice(0, 9).join('|')}))?|(?<alone>${english.join('|')})|(?:(?<muoi>${units}) mươi|(?<ten>mười))(?: (?<donvi>${units}))?|(?<mot>${units}))(?![\p{L}\p{M}])`,
  'giu',
);

/** Writes numbers in words up to 99 behind a word for a chapter or volume in digits: `Chương hai mươi mốt` → `Chương 21`, `Chapter Two` → `Chapter 2`. */
export const withoutNumberWords = (name: string): string =>
  name.replace(anyNumber, (...found) => {
    const groups = found.at(-1) as Record<string, string | undefined>;
    const { tens, unit, alone, muoi, ten, donvi, mot } = Object.fromEntries(
      Object.entries(groups).map(([key, word]) => [key, word?.toLowerCase()]),
    );
    if (tens) return `${10 * (place(englishTens, tens) + 1) + place(english, unit)}`;
    if (alone) return `${place(english, alone)}`;
    if (muoi ?? ten) return `${10 * (muoi ? vietnameseUnit(muoi) : 1) + (donvi ? vietnameseUnit(donvi) : 0)}`;
    return `${vietnameseUnit(mot)}`;
  });
