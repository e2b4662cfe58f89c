import { z } from 'zod';
import { JobId } from './job.ts';

/** A rectangle in page pixels, origin at the top left. */
export const Box = z.object({
  x: z.number().int().nonnegative(),
  y: z.number().int().nonnegative(),
  w: z.number().int().positive(),
  h: z.number().int().positive(),
});
export type Box = z.infer<typeof Box>;

/** Text found inside a panel; `confidence` is the reader's own, from 0 to 100. */
export const Bubble = Box.extend({
  text: z.string(),
  confidence: z.number().min(0).max(100),
  /** Text that nobody says: a drawn sound, or a sign, which is text on an object in the picture. */
  kind: z.enum(['sound', 'sign']).optional(),
  /** The text is spoken, but may be a sign. */
  unsure_kind: z.literal(true).optional(),
  /** Either `kind`, in analyses made before the two were distinguished. */
  effect: z.literal(true).optional(),
});
export type Bubble = z.infer<typeof Bubble>;

/** A panel with its bubbles in reading order. The id is unique in the chapter: `p003-2` is the second of page 3. */
export const Panel = Box.extend({
  id: z.string().regex(/^p\d{3,}-\d+$/),
  bubbles: z.array(Bubble),
  /**
   * Subject of the drawing, in page pixels and inside the panel: the part with most detail, skin and salient colour,
   * without the bubbles. A camera that keeps it in the picture does not crop faces. Absent if the panel is even, and in
   * analyses made before the field existed.
   */
  focus: Box.optional(),
});
export type Panel = z.infer<typeof Panel>;

/** Returns whether a bubble is spoken; sounds and signs are only shown. */
export const isSaid = ({ kind, effect }: Bubble): boolean => kind === undefined && !effect;

/** Returns the spoken bubbles of a panel. */
export const saidIn = ({ bubbles }: Pick<Panel, 'bubbles'>): Bubble[] => bubbles.filter(isSaid);

export const panelId = (page: number, position: number) => `p${String(page).padStart(3, '0')}-${position}`;

const Share = z.number().min(0).max(1);

/** Uncertainty of reading a page: the evidence that `doubt.ts` judges. Areas are in page pixels, shares from 0 to 1. */
export const PageReading = z.object({
  /** The page is one panel because no division was found, although it does not look like one picture. */
  undivided: z.boolean(),
  /** How badly the panels explain the page: 0 when all frames and gutters agree with them. */
  panel_doubt: Share,
  /** How close another reading order was: 0 when there is no alternative. */
  order_doubt: Share,
  /** Area that looks like lettering, and the part of it without words. */
  lettering_area: z.number().nonnegative(),
  unread_area: z.number().nonnegative(),
  /** Lines of the bubbles that were read, and those of them without words. */
  lines: z.number().int().nonnegative().default(0),
  unread_lines: z.number().int().nonnegative().default(0),
  /** Sharpness of the sharpest edges: the share of their change of grey between two neighbouring pixels. */
  sharpness: Share.default(1),
  /** Words of speech and captions, and those that are not in the language or were read with low certainty. */
  words: z.number().int().nonnegative(),
  uncertain_words: z.number().int().nonnegative(),
  /** Those of the uncertain words that nobody says, or says as numbers that the readings contest: known losses. */
  lost_words: z.number().int().nonnegative().default(0),
  /** Spoken bubbles that may be signs. */
  unsure_bubbles: z.number().int().nonnegative().default(0),
  /** Spoken bubbles outside of all panels. */
  loose_bubbles: z.number().int().nonnegative(),
  /** ISO 639-1 language of the words that were read, whatever the metadata says; null if there are too few. */
  language: z.string().nullable(),
  /** Little was read, and the letters are square like Japanese, Chinese and Korean ones. */
  square_letters: z.boolean().default(false),
});
export type PageReading = z.infer<typeof PageReading>;

/** Analysis of a page: its panels in reading order. A page without frames is one panel. */
export const PageAnalysis = z.object({
  number: z.number().int().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  panels: z.array(Panel).min(1),
  /** Absent in analyses made before doubt was measured. */
  reading: PageReading.optional(),
});
export type PageAnalysis = z.infer<typeof PageAnalysis>;

/** panels.json */
export const Panels = z.object({ job_id: JobId, pages: z.array(PageAnalysis) });
export type Panels = z.infer<typeof Panels>;
