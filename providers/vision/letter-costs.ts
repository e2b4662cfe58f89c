import type { Choice, RecognizedWord } from './hocr.ts';

/** What each place in a reading can be; a space stands between words. */
export type Letters = readonly (readonly Choice[])[];

export const tune = {
  scale: 35,
  strange: 5,
  alike: 3,
  mark: 3.5,
  missing: 5,
  space: 2.5,
  point: 2,
  otherCase: 0.3,
};

/** Letters that hands draw nearly alike, in capitals and small. */
const ALIKE = ['mhnw', 'il1!|jt', 'uưv', 'oơ0q', 'ceg6', 'đdb', 'bh', 'rpf', 'yvgj', 'ak', 'sg5'];

export function lettersOf(words: readonly RecognizedWord[]): Letters {
  return words.flatMap(({ text, confidence, choices }, i) => {
    const own = choices ?? [...text].map((letter) => [{ letter, confidence }]);
    return i === 0 ? own : [[{ letter: ' ', confidence: 95 }], ...own];
  });
}

/** How unlikely it is that a reading comes from this text, in nats: the cheapest way to edit one into the other. */
export function costOf(text: readonly string[], letters: Letters): number {
  let above = [0];
  for (const letter of text) above.push((above.at(-1) as number) + absence(letter));
  for (const choices of letters) {
    const row = [(above[0] as number) + absence(choices[0]?.letter ?? '')];
    for (let i = 1; i <= text.length; i++) {
      const letter = text[i - 1] as string;
      row.push(
        Math.min(
          (above[i - 1] as number) + substitution(letter, choices),
          (above[i] as number) + absence(choices[0]?.letter ?? ''),
          (row[i - 1] as number) + absence(letter),
        ),
      );
    }
    above = row;
  }
  return above.at(-1) as number;
}

function absence(letter: string): number {
  if (letter === ' ') return tune.space;
  return /[\p{L}\d]/u.test(letter) ? tune.missing : tune.point;
}

function substitution(letter: string, choices: readonly Choice[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    const sure = (100 - choice.confidence) / tune.scale;
    if (choice.letter === letter) least = Math.min(least, sure);
    else if (choice.letter.toLowerCase() === letter.toLowerCase())
      least = Math.min(least, sure + tune.otherCase);
  }
  const read = choices[0]?.letter ?? '';
  if (least < tune.strange) return least;
  return Math.min(least, unlike(letter.toLowerCase(), read.toLowerCase()));
}

/** What it costs to take a letter for another that the recogniser did not think of. */
function unlike(a: string, b: string): number {
  if (!/\p{L}/u.test(a) && !/\p{L}/u.test(b)) return tune.point;
  const [left, right] = [plain(a), plain(b)];
  if (left === right) return tune.mark;
  if (areAlike(left, right)) return a === left && b === right ? tune.alike : tune.alike + 1;
  return tune.strange;
}

export const areAlike = (a: string, b: string) =>
  ALIKE.some((group) => group.includes(a) && group.includes(b));

export const plain = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '');
export const likeLetters = (letter: string): string[] => {
  const small = letter.toLowerCase();
  const found = ALIKE.filter((group) => group.includes(small)).flatMap((group) => [...group]);
  return found.filter((other) => /\p{L}/u.test(other) && other !== small);
};
