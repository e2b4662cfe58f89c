import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Chance, chanceOf, pick } from './chance.ts';
import { type Face, scoredFaces, trainedFaces } from './fonts.ts';
import { linePicture } from './line-picture.ts';
import { type LineOfText, lstmf } from './lstmf.ts';
import { clearScan, poorScan, type Scan } from './scan.ts';
import { lineBy } from './words.ts';

/** A set of lines: the seed of its first one, how many, and how they are made. */
interface LineSet {
  seed: number;
  lines: number;
  scan: Scan;
  /** Share of the words that are chosen by a letter. */
  balanced?: number;
  faceOf(chance: Chance, index: number): Face;
}

const anyTrained = (chance: Chance) => pick(chance, trainedFaces);

export const lineSets = {
  clear: { seed: 1_000_000, lines: 8500, scan: clearScan, faceOf: anyTrained },
  poor: { seed: 1_100_000, lines: 5000, scan: poorScan, faceOf: anyTrained },
  letters: { seed: 1_200_000, lines: 1500, scan: poorScan, balanced: 0.6, faceOf: anyTrained },
  /** All fonts that nothing is trained on, in turn. */
  scored: {
    seed: 9_000_000,
    lines: 560,
    scan: clearScan,
    faceOf: (_, index) => scoredFaces[index % scoredFaces.length] as Face,
  },
} as const satisfies Record<string, LineSet>;

/** Lines of one file. */
const perFile = 500;
/** Share of the lines in capitals, as in comics. */
const capitals = 0.6;

/** Draws a set of lines into a folder; returns the path of a list of its files, as lstmtraining wants it. */
export async function drawLines(name: keyof typeof lineSets, folder: string): Promise<string> {
  const { seed, lines: count, scan, balanced = 0, faceOf }: LineSet = lineSets[name];
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  let lines: LineOfText[] = [];
  for (let index = 0, made = 0; made < count; index++) {
    const chance = chanceOf(seed + index);
    const face = faceOf(chance, index);
    const text = lineBy(chance, { capitals: chance() < capitals, balanced });
    const picture = await linePicture(chance, text, { face, scan });
    if (!picture) continue;
    const { width, height, data } = picture;
    const raw = { width, height, channels: 1 as const };
    const png = await sharp(data, { raw }).toColourspace('b-w').png({ compressionLevel: 3 }).toBuffer();
    lines.push({ name: `${face.id}-${index}`, picture: png, text });
    made++;
    if (lines.length < perFile && made < count) continue;
    const file = join(folder, `${name}-${String(files.length).padStart(3, '0')}.lstmf`);
    writeFileSync(file, lstmf(lines));
    files.push(file);
    lines = [];
  }
  const list = join(folder, `${name}.list`);
  writeFileSync(list, `${files.join('\n')}\n`);
  return list;
}
