import { coverLetters, letterSize } from '../cover/cover-letters.ts';

/** Text of letters that there are outlines for; what has none, such as Japanese or an emoji, is left out. */
export const drawable = (text: string) =>
  [...text.normalize('NFC')]
    .filter((letter) => letter in coverLetters)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const advanceOf = (letter: string) => coverLetters[letter]?.[0] ?? 0;

/** In parts of the letters' size. */
export const widthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + advanceOf(letter), 0) / letterSize;

/** Words in lines no wider than `width`, in parts of the letters' size; undefined where they need more lines. */
export function inLines(text: string, width: number, mostLines: number): string[] | undefined {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (widthOf(word) > width) return undefined;
    const line = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(line) <= width) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.length <= mostLines ? lines : undefined;
}

/**
 * Nothing left out: words that are too long for a line, such as addresses, go on in the next one, after a slash where
 * that can be. Undefined where it needs more lines.
 */
export function inLinesWhole(text: string, width: number, mostLines: number): string[] | undefined {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    for (const [index, part] of (widthOf(word) > width ? partsOf(word, width) : [word]).entries()) {
      const line = `${lines.at(-1) ?? ''}${index > 0 || lines.length === 0 ? '' : ' '}${part}`;
      if (widthOf(line) <= width) lines[Math.max(0, lines.length - 1)] = line;
      else lines.push(part);
    }
  }
  return lines.length <= mostLines ? lines : undefined;
}

/** Parts of a word that end in a slash; what is too long even so, letter by letter. */
function partsOf(word: string, width: number): string[] {
  const parts = word.match(/[^/]*\/+|[^/]+/g) ?? [word];
  return parts.flatMap((part) => (widthOf(part) > width ? [...part] : [part]));
}

/** As many words as fit, with an ellipsis. */
export function shortened(text: string, width: number, mostLines: number): string[] {
  const words = text.split(' ');
  while (words.length > 1) {
    words.pop();
    const cut = words.join(' ').replace(/[\s,.;:–—-]+$/, '');
    const lines = inLines(`${cut}…`, width, mostLines);
    if (lines) return lines;
  }
  return [];
}

/** One line of text as SVG paths, its left end at x, its baseline at y, all in pixels. */
export function linePaths(line: string, x: number, y: number, size: number): string {
  const scale = size / letterSize;
  let pen = x;
  const letters = [...line].map((letter) => {
    const outline = coverLetters[letter]?.[1] ?? '';
    const at = `translate(${pen.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(4)})`;
    pen += advanceOf(letter) * scale;
    return outline && `<path transform="${at}" d="${outline}"/>`;
  });
  return letters.join('');
}
