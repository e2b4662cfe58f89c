import { z } from 'zod';
import { JobId } from './job.ts';
import { PageAnalysis } from './page.ts';
import { PageFacts } from './story.ts';

/** What a segment is for: the title at the start, a bubble retold, a picture described, the farewell. */
const SegmentKind = z.enum(['opening', 'speech', 'description', 'closing']);

/** How a segment is to be spoken. */
export const Mood = z.enum(['neutral', 'joyful', 'sad', 'angry', 'afraid', 'tense', 'tender']);
export type Mood = z.infer<typeof Mood>;

/** A stretch of narration as a narrator hands it over, before it has a place in the script. */
export const SegmentDraft = z.object({
  kind: SegmentKind,
  /** Vietnamese, NFC, as it is read aloud. */
  text: z.string().min(1).max(2000),
  /** The page on screen while it is spoken, and the panels of that page shown in turn. */
  page: z.number().int().positive(),
  panels: z.array(z.string()).min(1),
  /** Silence after it, in seconds. */
  pause_after: z.number().min(0).max(5),
  /** Who speaks, by the name in the story, and how; from narrators that can tell. */
  speaker: z.string().min(1).max(80).optional(),
  mood: Mood.optional(),
});
export type SegmentDraft = z.infer<typeof SegmentDraft>;

/** Segments count from 0, in the order in which they are spoken. */
export const Segment = SegmentDraft.extend({ index: z.number().int().nonnegative() });
export type Segment = z.infer<typeof Segment>;

/** What narrating took: tokens paid for, US dollars, and notes on what did not go as it should. */
export const NarrationAccount = z.object({
  tokens_in: z.number().int().nonnegative(),
  tokens_out: z.number().int().nonnegative(),
  cost_usd: z.number().nonnegative(),
  notes: z.array(z.string().max(300)),
});
export type NarrationAccount = z.infer<typeof NarrationAccount>;

/** How a chapter's video is presented, by a narrator that knows the story: an addition to what its source says. */
export const Presentation = z.object({
  /** What makes one curious, without the names of series and chapter. */
  headline: z.string().min(1).max(70),
  description: z.string().min(1).max(1200),
  tags: z.array(z.string().min(2).max(30)).max(10),
  /** The panel that stands for the chapter. */
  thumbnail_panel: z.string().nullable(),
});
export type Presentation = z.infer<typeof Presentation>;

/** script.json */
export const Script = z.object({
  job_id: JobId,
  narrator: z.string(),
  language: z.literal('vi'),
  segments: z.array(Segment).min(1),
  /** From narrators that cost something. */
  account: NarrationAccount.optional(),
  presentation: Presentation.optional(),
});
export type Script = z.infer<typeof Script>;

/** Checkpoint of one page: what scriptgen found there and what will be said of it. */
export const PageDraft = z.object({
  analysis: PageAnalysis,
  segments: z.array(SegmentDraft),
  /** Of narrators that remember the story: what the page added, and what telling it took. */
  facts: PageFacts.optional(),
  account: NarrationAccount.optional(),
});
export type PageDraft = z.infer<typeof PageDraft>;
