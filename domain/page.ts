import type * as reader from 'comic-reader';
import * as z from 'zod';
import { JobId } from './job.ts';

/** One schema for each field that the reader reports, so that the artifact drops none; its fields are described there. */
type Schemas<Reported, Legacy extends string = never> = Record<keyof Reported | Legacy, z.ZodType>;

/** A rectangle in page pixels, origin at the top left. */
export const Box = z.object({
  x: z.number().int().nonnegative(),
  y: z.number().int().nonnegative(),
  w: z.number().int().positive(),
  h: z.number().int().positive(),
} satisfies Schemas<reader.Box>);
export type Box = z.infer<typeof Box>;

/** Text found inside a panel. */
export const Bubble = Box.extend({
  text: z.string(),
  confidence: z.number().min(0).max(100),
  kind: z.enum(['sound', 'sign']).optional(),
  unsure_kind: z.literal(true).optional(),
  /** Either `kind`, in analyses made before the two were distinguished. */
  effect: z.literal(true).optional(),
} satisfies Schemas<Omit<reader.Bubble, keyof Box>, 'effect'>);
export type Bubble = z.infer<typeof Bubble>;

/** A panel with its bubbles in reading order. The id is unique in the chapter: `p003-2` is the second of page 3. */
export const Panel = Box.extend({
  id: z.string().regex(/^p\d{3,}-\d+$/),
  bubbles: z.array(Bubble),
  /** Absent if the panel is even, and in analyses made before the field existed. */
  focus: Box.optional(),
} satisfies Schemas<Omit<reader.Panel, keyof Box>>);
export type Panel = z.infer<typeof Panel>;

/** Returns whether a bubble is spoken; sounds and signs are only shown. */
export const isSaid = ({ kind, effect }: Bubble): boolean => kind === undefined && !effect;

/** Returns the spoken bubbles of a panel. */
export const saidIn = ({ bubbles }: Pick<Panel, 'bubbles'>): Bubble[] => bubbles.filter(isSaid);

export const panelId = (page: number, position: number) => `p${String(page).padStart(3, '0')}-${position}`;

const Count = z.number().int().nonnegative();
const Share = z.number().min(0).max(1);

/** Lettering that gave no words; `texture` is what only the text detector saw. */
const UnreadLettering = Box.extend({
  reason: z.enum(['no_words', 'texture']),
  letters: Count,
} satisfies Schemas<Omit<reader.UnreadLettering, keyof Box>>);

/** Uncertainty of reading a page: the evidence that `doubt.ts` judges. Defaults are for analyses made before the field existed. */
export const PageReading = z.object({
  undivided: z.boolean(),
  panel_doubt: Share,
  panel_doubts: z.array(z.enum(['unfinished', 'outside', 'inset', 'scale', 'sliver', 'seam'])).default([]),
  order_doubt: Share,
  unknown_direction: z.boolean().default(false),
  lettering_area: z.number().nonnegative(),
  unread_area: z.number().nonnegative(),
  unread: z.array(UnreadLettering).default([]),
  lines: Count.default(0),
  unread_lines: Count.default(0),
  sharpness: Share.default(1),
  words: Count,
  lost_words: Count.default(0),
  wrong_words: z.number().nonnegative().default(0),
  unsure_bubbles: Count.default(0),
  unsure_words: Count.default(0),
  fused_bubbles: Count.default(0),
  loose_bubbles: Count,
  language: z.string().nullable(),
  square_letters: z.boolean().default(false),
} satisfies Schemas<reader.PageReading>);
export type PageReading = z.infer<typeof PageReading>;

/** Analysis of a page: its panels in reading order. A page without frames is one panel. */
export const PageAnalysis = z.object({
  number: z.number().int().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  panels: z.array(Panel).min(1),
  /** Absent in analyses made before doubt was measured. */
  reading: PageReading.optional(),
} satisfies Schemas<reader.PageAnalysis>);
export type PageAnalysis = z.infer<typeof PageAnalysis>;

/** panels.json */
export const Panels = z.object({ job_id: JobId, pages: z.array(PageAnalysis) });
export type Panels = z.infer<typeof Panels>;
