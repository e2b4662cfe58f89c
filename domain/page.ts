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

/** Text found inside a panel; `confidence` is the reader's own, 0 to 100. */
export const Bubble = Box.extend({
  text: z.string(),
  confidence: z.number().min(0).max(100),
  /** A sound that is drawn into the picture, or what is written on a thing in it: nobody says it. */
  effect: z.literal(true).optional(),
});
export type Bubble = z.infer<typeof Bubble>;

/** A panel with its bubbles in reading order. The id is unique in the chapter: `p003-2` is page 3's second. */
export const Panel = Box.extend({
  id: z.string().regex(/^p\d{3,}-\d+$/),
  bubbles: z.array(Bubble),
  /**
   * Where the drawing has its subject, in page pixels and inside the panel: the part with most detail, skin and
   * colour that stands out, without the bubbles. A camera that keeps it in the picture crops nobody's face. Absent
   * where the panel is even, and in analyses made before there was one.
   */
  focus: Box.optional(),
});
export type Panel = z.infer<typeof Panel>;

/** What is said in a panel: its bubbles but for sounds and signs, which are only seen. */
export const saidIn = ({ bubbles }: Pick<Panel, 'bubbles'>): Bubble[] =>
  bubbles.filter(({ effect }) => !effect);

export const panelId = (page: number, position: number) => `p${String(page).padStart(3, '0')}-${position}`;

const Share = z.number().min(0).max(1);

/** What reading a page left unsure: the evidence that `doubt.ts` judges. Areas are in page pixels, shares from 0 to 1. */
export const PageReading = z.object({
  /** The page has one panel because nothing that divides it was found, although it does not look like one picture. */
  undivided: z.boolean(),
  /** How badly the panels explain the page: 0 when frames and gutters agree with them everywhere. */
  panel_doubt: Share,
  /** How close the reading order was to another one: 0 when it has no rival. */
  order_doubt: Share,
  /** Area that looks like lettering, and the part of it that gave no words. */
  lettering_area: z.number().nonnegative(),
  unread_area: z.number().nonnegative(),
  /** Lines of the bubbles that were read, and those of them that gave no words. */
  lines: z.number().int().nonnegative().default(0),
  unread_lines: z.number().int().nonnegative().default(0),
  /** How sharp the sharpest edges are: the part of their change of grey that lies between two pixels. */
  sharpness: Share.default(1),
  /** Words of speech and captions, and those that the language does not have or that were read without certainty. */
  words: z.number().int().nonnegative(),
  uncertain_words: z.number().int().nonnegative(),
  /** Spoken bubbles that stand in no panel. */
  loose_bubbles: z.number().int().nonnegative(),
  /** ISO 639-1, of the words that were read, whatever the metadata says; null where there are too few to know. */
  language: z.string().nullable(),
  /** Little was read, and the lettering stands in squares as Japanese, Chinese and Korean do. */
  square_letters: z.boolean().default(false),
});
export type PageReading = z.infer<typeof PageReading>;

/** A page understood: its panels in reading order. A page without frames is one panel. */
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
