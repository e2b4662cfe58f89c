import { createPageReader, directionOf } from 'comic-reader';
import { decodePage, panelsOf, readingOrder } from 'comic-reader/steps';
import type { TrueChapter } from './chapters.ts';
import { measured } from './measured.ts';
import type { PageChoice } from './page-choice.ts';
import { Tally } from './tally.ts';

/** Reads the chosen pages of a chapter and scores them; without `text` only panels and their order. */
export async function scoreChapter(
  { pages, image, direction, language }: TrueChapter,
  { chosen, text }: { chosen: PageChoice; text: boolean },
): Promise<Tally> {
  const tally = new Tally();
  const reader = createPageReader();
  for (const page of pages.filter(({ number }) => chosen(number))) {
    const bytes = await image(page.file);
    const alone = await measured(async () => {
      const decoded = await decodePage(page.number, bytes);
      const known = directionOf({ direction, language }, decoded);
      return { ...panelsOf(decoded, known), known, size: decoded };
    });
    const { panels, known, size } = alone.result;
    tally.addPanels(panels, page, alone.milliseconds);
    tally.addOrder(page, readingOrder(page.panels, known, size));
    if (!text) continue;
    const whole = await measured(() =>
      reader.read({ number: page.number, image: bytes, direction, language }),
    );
    tally.addText(whole.result, page, Math.max(0, whole.milliseconds - alone.milliseconds));
  }
  await reader.close();
  return tally;
}
