/** Letters of a language beyond ASCII, and how frequent they are. */
export interface Alphabet {
  /** Small letters and marks, the most frequent first. */
  letters: string;
  /** Share of them among the letters of a word; 1 in languages that do not use Latin letters. */
  share: number;
  /** Letters that no word, or hardly one, begins with. */
  notFirst?: string;
  /** Letters of ASCII in languages that use them, the most frequent first. */
  ascii?: string;
}

/** French; Spanish; Portuguese; Italian; German; Swedish, Danish and Norwegian. */
export const western: readonly Alphabet[] = [
  { letters: 'éèêàïçôâîûëœù', notFirst: 'ùûïë', share: 0.06, ascii: 'esaitnruoldcmpvqfbghjxzykw' },
  { letters: 'óíáéñúü¡¿', share: 0.05, ascii: 'eaosrnidltcmupbgvyqhfjzxwk' },
  { letters: 'ãçáéíóêõúâôà', notFirst: 'ãõç', share: 0.06, ascii: 'aeosrindmutclpvghqbfzjxwky' },
  { letters: 'àèéìòù', notFirst: 'àìòù', share: 0.03, ascii: 'eaionlrtscdpumvghfbqzwyjkx' },
  { letters: 'üäöß', notFirst: 'ß', share: 0.05, ascii: 'ensriatdhulgcomwbfkzvpjyxq' },
  { letters: 'äåöøæé', share: 0.06, ascii: 'enratsidlogkmvfuhpbcyjxwzq' },
];
/** Polish; Czech and Slovak; Hungarian; Croatian and Slovene; Romanian. */
export const central: readonly Alphabet[] = [
  { letters: 'łóęąśżćńź', notFirst: 'ęąń', share: 0.08, ascii: 'aieonwrszcdyklmtpujbghfvxq' },
  { letters: 'íáěéřščžýůúťľňďôäóŕĺ', notFirst: 'ěýů', share: 0.13, ascii: 'aeonitvsrldkmupzjhybcgfxwq' },
  { letters: 'áéöóőüíúű', share: 0.12, ascii: 'eatlnskizmorgydvbjhupcfxwq' },
  { letters: 'čšžćđ', share: 0.04, ascii: 'aioenrsjtudkvlmpgzbchfwyxq' },
  { letters: 'ăîşâţ', notFirst: 'â', share: 0.06, ascii: 'eiarnutclsodpmvfbgzhjxkywq' },
];
export const vietnamese: Alphabet = {
  ascii: 'nhticgoaumlvprdbyksqexfjwz',
  letters: 'àđáưạôếộảấóìợờịâềủêữớểốíơậầồũúãứừựệổởăùởọèòéẻẩỏắỗễỉụẽửằýõặỹẹỳỷẫĩỡẳẵỵ',
  share: 0.25,
};
/** Russian, with the letters of Ukrainian, Belarusian and Bulgarian. */
export const cyrillic: Alphabet = {
  letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщіэфїєъёґў',
  notFirst: 'ъьы',
  share: 1,
};
export const thai: Alphabet = {
  letters: 'านรอก่งเมยลว้ทดตัสีิหปแคะพไชจโขำ์บุูใถผซธศ็ณญษภึืฟฉฝฐๆ๊๋ฏฎฮฌฤฆฒฑฯฬฃฅ',
  share: 1,
};
export const greek: Alphabet = { letters: 'αοιετσνηυρπκμλςωδγάίόέύήθχφβξζώψϊϋ', share: 1 };
export const turkish: Alphabet = {
  letters: 'ıüşöğçâîû',
  notFirst: 'ğ',
  share: 0.12,
  ascii: 'aeinrldkmyutsobzghvcpfjwxq',
};
/** Katakana of half the width, one byte each in Shift-JIS; its voice marks are separate characters. */
export const halfWidth: Alphabet = {
  letters: 'ﾝｰﾞｽﾄﾙｲﾗｸﾟｼﾘﾀﾌｱｯｶﾊﾚﾏﾛｷｺﾃｵﾅﾁｻﾐｬﾆｴﾋｳﾑﾉｮｭﾔﾒﾂﾓｿﾜﾍﾎｹｾﾈﾕﾖｨｪｧｫﾇｦｩ･｢｣｡､',
  share: 1,
};

/**
 * Returns the share of each letter by its rank r among n, ln((n + 1) / r) / n: S. M. Gusein-Zade, On the distribution of letters
 * of the Russian language by frequency, 1988, which fits the alphabets of other languages as well.
 */
export function sharesOf({ letters }: Pick<Alphabet, 'letters'>): ReadonlyMap<string, number> {
  const all = [...letters];
  const parts = all.map((_, i) => Math.log((all.length + 1) / (i + 1)));
  const sum = parts.reduce((total, part) => total + part, 0);
  return new Map(all.map((letter, i) => [letter, (parts[i] ?? 0) / sum]));
}
