/** A part of a chapter that is published in several, or of a work without numbers. */
export interface ChapterPart {
  /** Its place among the parts. */
  place: number;
  /** In Vietnamese: `Phần 2`, `Phần đầu`. */
  title: string;
}

/** Tags at the end of a name, in brackets. */
const tags = String.raw`\s*(?:[([【（][^()[\]【】（）]*[)\]】）]\s*)*$`;
const notInWord = String.raw`(?<![\p{L}\p{M}])`;

/**
 * Matches words that always name a part, at the end of a name, in brackets or behind a chapter's number, and characters that do so only
 * apart from others, since names end with 上 or 前 for other reasons.
 */
function partNamed(always: string, apart: string): RegExp {
  const behindNumber = String.raw`(?<=\d\s?[話话回章節节화장]?\s?)`;
  return new RegExp(
    [
      `(?:${always})(?=${tags})`,
      String.raw`(?<=[([（「【]\s?)(?:${always}|${apart})(?=\s?[)\]）」】])`,
      `${behindNumber}(?:${always})`,
      `(?<=^|[\\s_-]|\\d|[話话回章節节화장])(?:${apart})(?=${tags})`,
    ].join('|'),
    'iu',
  );
}

const named: readonly (readonly [RegExp, ChapterPart])[] = [
  [
    partNamed(
      `[前上]\\s?[編篇编巻卷冊册集]|[전상][편권]|${notInWord}(?:phần đầu|first part|première partie)`,
      '[上前상전]',
    ),
    { place: 1, title: 'Phần đầu' },
  ],
  [
    partNamed(`中\\s?[編篇编巻卷冊册集]|중[편권]|${notInWord}(?:phần giữa|middle part)`, '[中중]'),
    { place: 2, title: 'Phần giữa' },
  ],
  [
    partNamed(
      `[後后下]\\s?[編篇编巻卷冊册集]|完[結结][編篇编]|[후하][편권]|완결편|${notInWord}(?:phần cuối|phần kết|last part|final part)`,
      '[下後后하후]',
    ),
    { place: 9999, title: 'Phần cuối' },
  ],
];
const numbered = [
  new RegExp(
    String.raw`${notInWord}(?:part|pt|phần|partie|parte|teil|bagian|часть|ภาค)[\s.:#-]*(\d{1,3})(?![\p{L}\d])`,
    'iu',
  ),
  new RegExp(
    String.raw`(?<=[\d話话回章節节화장\p{L}])\s*[(（](\d{1,2})(?:\s?(?:\/|of)\s?\d{1,2})?[)）](?=${tags})`,
    'iu',
  ),
];

/** Returns the part that a name with digits in ASCII gives: `第1話(2)`, `Chapter 3 (Part 1)`, `第5話 前編`, `1화 (상)`; null without one. */
export function chapterPart(name: string): ChapterPart | null {
  for (const one of numbered) {
    const [, number] = one.exec(name) ?? [];
    if (number !== undefined) return { place: Number(number), title: `Phần ${Number(number)}` };
  }
  return named.find(([words]) => words.test(name))?.[1] ?? null;
}
