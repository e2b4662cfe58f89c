import type { ReadingDirection } from './page/direction.ts';
import type { PageAnalysis } from './page/page.ts';

export interface PageToRead {
  /** Counts from 1. */
  number: number;
  /** An encoded image, upright. */
  image: Uint8Array;
  direction: ReadingDirection;
  /** BCP 47 of the text inside the page; null where the source does not say. */
  language: string | null;
}

/** Finds the panels of a page in reading order, and reads the bubbles inside them. */
export interface PageReader {
  /** Pages of another language must wait until those of the first are read: its recognizers end. */
  read(page: PageToRead): Promise<PageAnalysis>;
  /** Waits for the pages that are being read, ends workers and frees memory; the reader can't be used afterwards. */
  close(): Promise<void>;
}
