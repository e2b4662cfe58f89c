/** A rectangle in page pixels, origin at the top left. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Text found inside a panel. */
export interface Bubble extends Box {
  text: string;
  /** The recognizer's certainty, from 0 to 100. */
  confidence: number;
  /** Text that is not spoken: a drawn sound, or a sign, which is text on an object in the picture. */
  kind?: 'sound' | 'sign';
  /** The text is spoken and could be a sign, or has the kind `sign` and could be speech. */
  unsure_kind?: true;
}

/** A panel with its bubbles in reading order. */
export interface Panel extends Box {
  /** `p003-2` is the second panel of page 3. */
  id: string;
  bubbles: Bubble[];
  /**
   * Subject of the drawing, inside the panel: the part with most detail, skin and salient colour, without the bubbles.
   * A camera that keeps it in the picture does not crop faces. Absent if the panel is even.
   */
  focus?: Box;
}

/** Returns whether a bubble is spoken; sounds and signs are only shown. */
export const isSaid = ({ kind }: Bubble): boolean => kind === undefined;

/** Returns the spoken bubbles of a panel. */
export const saidIn = ({ bubbles }: { bubbles: readonly Bubble[] }): Bubble[] => bubbles.filter(isSaid);

export const panelId = (page: number, position: number): string =>
  `p${String(page).padStart(3, '0')}-${position}`;

/** Lettering that is not spoken. */
export interface UnreadLettering extends Box {
  /** It was found as lettering, or syllables were read in it; or only the text detector saw it, by its texture. */
  reason: 'no_words' | 'texture';
  /** Number of its marks that look like letters. */
  letters: number;
}

/**
 * Reasons why the panels of a page are uncertain: a texture looks like more gutters than could be searched; art is outside of them; a framed
 * picture in the corner of a panel could be a panel; the page is divided otherwise at other sizes; a panel is a sliver, or a
 * band that can be a bar of an app; a panel changes along a line from side to side, as two pictures do that meet.
 */
export type PanelDoubt = 'unfinished' | 'outside' | 'inset' | 'scale' | 'sliver' | 'seam';

/** Uncertainty of reading a page. Areas are in page pixels; doubts and shares are from 0 to 1. */
export interface PageReading {
  /** The page is one panel because no division was found, although it does not look like one picture. */
  undivided: boolean;
  /**
   * Doubt about the panels: the share of the art that is outside of all of them, as a part of 0.12, or the share of the page that is
   * outside in another colour than the ground, as a part of 0.04; 0.6 for each other reason, 1 if unfinished. The largest counts.
   */
  panel_doubt: number;
  /** The reasons with a doubt above 0.5. */
  panel_doubts: PanelDoubt[];
  /** Probability that the page is told in another order than the one that was found. */
  order_doubt: number;
  /** Nothing says from which side the page, which is not in colour, is read, and from the other side it is told in another order. */
  unknown_direction: boolean;
  /** Area that looks like lettering. */
  lettering_area: number;
  /** Part of `lettering_area` without words. */
  unread_area: number;
  /** Boxes of what looks like lettering and gave no words; sounds and signs are not listed. */
  unread: UnreadLettering[];
  /** Lines of the bubbles that were read. */
  lines: number;
  /** Those of `lines` without words. */
  unread_lines: number;
  /** Sharpness of the sharpest edges: the share of their change of grey between two neighbouring pixels. */
  sharpness: number;
  /** Words of speech and captions, spoken or lost. */
  words: number;
  /** Those of `words` that are not spoken, or are spoken as numbers on which the readings differ: known losses. */
  lost_words: number;
  /** Expected number of wrong words among the others: the sum of their probabilities. Only measured in Vietnamese. */
  wrong_words: number;
  /** Bubbles that could be signs or speech, and their words. */
  unsure_bubbles: number;
  unsure_words: number;
  /** Spoken bubbles that look like two that were read as one, line by line across both. */
  fused_bubbles: number;
  /** Spoken bubbles outside of all panels. */
  loose_bubbles: number;
  /** ISO 639-1 language of the words that were read, whatever the metadata says; `und` if it is unknown but not Vietnamese; null if there are too few. */
  language: string | null;
  /** Little was read, and the letters are square like Japanese, Chinese and Korean ones. */
  square_letters: boolean;
}

/** Analysis of a page: its panels in reading order. A page without frames is one panel. */
export interface PageAnalysis {
  number: number;
  width: number;
  height: number;
  panels: Panel[];
  reading: PageReading;
}
