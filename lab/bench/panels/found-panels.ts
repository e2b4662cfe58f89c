import { directionOf, type KnownDirection } from 'comic-reader';
import { decodePage, orderDoubt, type PagePanels, panelsOf } from 'comic-reader/steps';
import type { ReadingDirection } from '../../../domain/chapter.ts';
import { limits } from '../../../domain/doubt/limits.ts';
import { measured } from './measured.ts';

/** The panels of a page as the reader finds them, and what finding them took. */
export interface Found extends Pick<PagePanels, 'panels'> {
  /** Whether doubt about the panels or their order holds the page for a person. */
  held: boolean;
  direction: KnownDirection;
  size: { width: number; height: number };
  milliseconds: number;
}

/** Times that a page of a chapter is divided: at first V8 still compiles the program, and now and then it collects garbage. */
const rounds = 3;

/** Finds the panels of a page several times; milliseconds are the least. */
export async function foundPanelsAgain(...page: Parameters<typeof foundPanels>): Promise<Found> {
  const found = await foundPanels(...page);
  let { milliseconds } = found;
  for (let round = 1; round < rounds; round++)
    milliseconds = Math.min(milliseconds, (await foundPanels(...page)).milliseconds);
  return { ...found, milliseconds };
}

/** Finds the panels of a page; milliseconds are of CPU, with decoding and order. */
export async function foundPanels(
  number: number,
  image: Uint8Array,
  given: { direction: ReadingDirection; language: string },
): Promise<Found> {
  const { result, milliseconds } = await measured(async () => {
    const page = await decodePage(number, image);
    const direction = directionOf(given, page);
    return { page, direction, ...panelsOf(page, direction) };
  });
  const { page, direction, panels, undivided, panel_doubt } = result;
  const order = orderDoubt({ panels, bubbles: [], direction, page });
  const held = undivided || panel_doubt > limits.panelDoubt || order > limits.orderDoubt;
  return { panels, held, direction, size: page, milliseconds };
}
