import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';

const columns = 4;
export const shotsPerSheet = 24;
const cell = { width: 480, picture: 270, height: 396 };
const textSize = 17;
const lettersOfLine = 48;
const mostLines = 3;
const mostSayers = 2;

export interface Cell {
  /** Seconds. */
  at: number;
  title: string;
  /** The speaker and the voice. */
  sayers: readonly string[];
  text: string;
}

/** Draws up to 24 frames of a video in rows of four, each with its title, who speaks, and the text below. */
export async function drawSheet(
  video: string,
  cells: readonly Cell[],
  output: string,
  ffmpeg: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'contact-sheet-'));
  try {
    const parts = [];
    for (const [index, one] of cells.entries()) {
      const left = (index % columns) * cell.width;
      const top = Math.floor(index / columns) * cell.height;
      const frame = join(folder, `${index}.png`);
      const scale = `scale=${cell.width}:${cell.picture}:force_original_aspect_ratio=decrease,pad=${cell.width}:${cell.picture}:(ow-iw)/2`;
      // Seeking before the input is exact when decoding, and fast.
      await runFfmpeg(['-ss', one.at.toFixed(3), '-i', video, '-frames:v', '1', '-vf', scale, frame], {
        binary: ffmpeg,
        timeoutMs: 60_000,
      });
      parts.push({ input: frame, left, top }, { input: legend(one), left, top: top + cell.picture });
    }
    const rows = Math.ceil(cells.length / columns);
    await sharp({
      create: { width: columns * cell.width, height: rows * cell.height, channels: 3, background: '#222' },
    })
      .composite(parts)
      .jpeg({ quality: 85 })
      .toFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function legend({ title, at, sayers, text }: Cell): Buffer {
  const more = sayers.length - mostSayers;
  const named = sayers
    .slice(0, mostSayers)
    .map((sayer, place) => (more > 0 && place > 0 ? `${sayer} + ${more}` : sayer));
  const lines = [
    { line: `${title} · ${at.toFixed(1)} s`, colour: '#9cf' },
    ...named.map((line) => ({ line, colour: '#fc9' })),
    ...inLines(text).map((line) => ({ line, colour: '#fff' })),
  ];
  const drawn = lines.map(
    ({ line, colour }, index) =>
      `<text x="8" y="${18 + index * (textSize + 3)}" fill="${colour}">${escaped(line)}</text>`,
  );
  const { width, height, picture } = cell;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height - picture}" font-family="sans-serif" font-size="${textSize}">${drawn.join('')}</svg>`,
  );
}

function inLines(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= lettersOfLine) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.length > mostLines ? [...lines.slice(0, mostLines - 1), `${lines[mostLines - 1]} …`] : lines;
}
