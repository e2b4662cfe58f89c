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

/** A page understood: its panels in reading order. A page without frames is one panel. */
export const PageAnalysis = z.object({
  number: z.number().int().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  panels: z.array(Panel).min(1),
});
export type PageAnalysis = z.infer<typeof PageAnalysis>;

/** panels.json */
export const Panels = z.object({ job_id: JobId, pages: z.array(PageAnalysis) });
export type Panels = z.infer<typeof Panels>;
