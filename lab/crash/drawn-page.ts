import sharp from 'sharp';
import type { Environment } from '../../local/testing/environment.ts';

/** Draws a small page with two panels, one below the other, and no lettering. */
export function drawnPage(number: number): Promise<Buffer> {
  const shade = (step: number) => `hsl(${(number * 70 + step * 40) % 360} 40% 60%)`;
  const panel = (step: number) =>
    `<rect x="20" y="${20 + step * 300}" width="360" height="260" fill="${shade(step)}" stroke="black" stroke-width="6"/>`;
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="400" height="600" fill="white"/>${panel(0)}${panel(1)}</svg>`;
  return sharp(Buffer.from(page)).jpeg().toBuffer();
}

/** Writes a chapter of drawn pages into the library of an environment; the seed makes them different from others. */
export async function writeChapter(
  { write }: Environment,
  name: string,
  pages: number,
  seed = 0,
): Promise<void> {
  for (let page = 1; page <= pages; page += 1)
    write(`chapters/${name}/00${page}.jpg`, await drawnPage(seed + page));
}
