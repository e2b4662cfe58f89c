import { createPageReader } from 'comic-reader';
import { readingOrder } from 'comic-reader/steps';
import type { TrueChapter } from './chapters.ts';
import { foundPanelsAgain } from './found-panels.ts';
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
    const found = await foundPanelsAgain(page.number, bytes, { direction, language });
    tally.addPanels(found, page);
    tally.addOrder(page, readingOrder(page.panels, found.direction, found.size));
    if (!text) continue;
    const whole = await measured(() =>
      reader.read({ number: page.number, image: bytes, direction, language }),
    );
    tally.addText(whole.result, page, Math.max(0, whole.milliseconds - found.milliseconds));
  }
  await reader.close();
  return tally;
}
