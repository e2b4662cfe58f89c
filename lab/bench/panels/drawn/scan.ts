import sharp from 'sharp';
import type { Box } from '../../../../domain/page.ts';
import { between, type Chance, pick } from './chance.ts';
import { grain } from './grain.ts';
import type { ChancePage } from './sheet.ts';

/** The way in which the pages of a chapter were scanned and saved. */
export interface Scan {
  /** Size of the saved page, in sizes of the drawn one. */
  scale: number;
  blur: number;
  /** Standard deviation of the noise, in levels of grey. */
  noise: number;
  /** Quality of the JPEG, up to 100. */
  quality: number;
  /** Level of grey that black becomes. */
  pale: number;
}

/** Returns a random scan; most are good, and each flaw is rare. */
export const scanBy = (chance: Chance): Scan => ({
  scale: chance() < 0.5 ? 1 : 0.55 + 0.45 * chance(),
  blur: chance() < 0.6 ? 0 : 0.4 + 1.1 * chance(),
  noise: chance() < 0.7 ? 0 : 4 + 20 * chance(),
  quality: pick(chance, [between(chance, 30, 60), between(chance, 60, 95), 90]),
  pale: chance() < 0.8 ? 0 : between(chance, 30, 110),
});

/** Scans a drawn page. */
export async function scanned(
  chance: Chance,
  page: ChancePage,
  { scale, blur, noise, quality, pale }: Scan,
): Promise<ChancePage> {
  const { width = 1, height = 1 } = await sharp(page.image).metadata();
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  let image = sharp(page.image).resize({ ...size, fit: 'fill' });
  if (blur > 0) image = image.blur(blur);
  if (pale > 0) image = image.linear(1 - pale / 255, pale);
  if (noise > 0) {
    const input = await grain(chance, size, noise);
    image = sharp(await image.png().toBuffer()).composite([{ input, blend: 'soft-light' }]);
  }
  const scaled = <T extends Box>(box: T): T => ({
    ...box,
    ...{ x: Math.round(box.x * scale), y: Math.round(box.y * scale) },
    ...{ w: Math.round(box.w * scale), h: Math.round(box.h * scale) },
  });
  return {
    ...page,
    image: await image.jpeg({ quality }).toBuffer(),
    panels: page.panels.map(scaled),
    ...(page.bubbles && { bubbles: page.bubbles.map(scaled) }),
  };
}
