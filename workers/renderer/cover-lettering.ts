import { coverLetters, letterSize } from './cover-letters.ts';

interface Size {
  width: number;
  height: number;
}

const mostLines = 2;
/** Of a line, in parts of the picture's height: at 320 × 180 the smaller is still 14 pixels. */
const sizes = [0.15, 0.125, 0.105, 0.08];
const margin = 0.045;
/** Letters of this face reach up to 0.95 of their size with two marks on top, and 0.28 below. */
const leading = 1.12;

/** Text of letters that there are outlines for; what has none, such as Japanese or an emoji, is left out. */
const drawable = (text: string) =>
  [...text.normalize('NFC')]
    .filter((letter) => letter in coverLetters)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const advanceOf = (letter: string) => coverLetters[letter]?.[0] ?? 0;
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + advanceOf(letter), 0) / letterSize;

/** Words in lines no wider than `width`, or undefined where they need too many. */
function inLines(text: string, width: number): string[] | undefined {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (widthOf(word) > width) return undefined;
    const line = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(line) <= width) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.length <= mostLines ? lines : undefined;
}

/** As many words as fit at the smallest size, with an ellipsis. */
function shortened(text: string, width: number): string[] {
  const words = text.split(' ');
  while (words.length > 1) {
    words.pop();
    const lines = inLines(`${words.join(' ').replace(/[\s,.;:–—-]+$/, '')}…`, width);
    if (lines) return lines;
  }
  return [];
}

function layOut(text: string, { width, height }: Size): { lines: string[]; size: number } {
  const room = width * (1 - 2 * margin);
  for (const part of sizes) {
    const size = part * height;
    const lines = inLines(text, room / size);
    if (lines) return { lines, size };
  }
  const size = (sizes.at(-1) ?? 0) * height;
  return { lines: shortened(text, room / size), size };
}

/** Text across the lower part of a picture, white on a shade of its own, as SVG; undefined where there is none. */
export function coverLettering(text: string, picture: Size): string | undefined {
  const words = drawable(text);
  const { lines, size } = layOut(words, picture);
  if (words === '' || lines.length === 0) return undefined;
  const { width, height } = picture;
  const scale = size / letterSize;
  const drawn = lines.map((line, index) => {
    const baseline = height - margin * height - 0.28 * size - (lines.length - 1 - index) * leading * size;
    let pen = margin * width;
    const letters = [...line].map((letter) => {
      const outline = coverLetters[letter]?.[1] ?? '';
      const path =
        outline &&
        `<path transform="translate(${pen.toFixed(1)} ${baseline.toFixed(1)}) scale(${scale.toFixed(4)})" d="${outline}"/>`;
      pen += advanceOf(letter) * scale;
      return path;
    });
    return letters.join('');
  });
  const shade = Math.min(height, lines.length * leading * size + 0.16 * height);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="shade" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="0.5" stop-color="#000" stop-opacity="0.6"/><stop offset="1" stop-color="#000" stop-opacity="0.85"/>
</linearGradient></defs>
<rect y="${height - shade}" width="${width}" height="${shade}" fill="url(#shade)"/>
<g fill="#fff" stroke="#111" stroke-width="${(0.1 * letterSize).toFixed(1)}" stroke-linejoin="round" paint-order="stroke">${drawn.join('')}</g>
</svg>`;
}
