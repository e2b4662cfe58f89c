import * as z from 'zod';
import { JobId } from './job.ts';
import { PageAnalysis } from './page.ts';
import { PageFacts, Traits } from './story.ts';
import { SyntheticNotice } from './synthetic-notice.ts';

/** Purpose of a segment: the title at the start, a retold bubble, a described picture, the farewell. */
const SegmentKind = z.enum(['opening', 'speech', 'description', 'closing']);

/** Mood of a spoken segment. */
export const Mood = z.enum(['neutral', 'joyful', 'sad', 'angry', 'afraid', 'tense', 'tender']);
export type Mood = z.infer<typeof Mood>;

/** A stretch of narration from a narrator, before it has a place in the script. */
export const SegmentDraft = z.object({
  kind: SegmentKind,
  /** Vietnamese, NFC, as it is read aloud. */
  text: z.string().min(1).max(2000),
  /** The page on screen while it is spoken, and the panels of that page shown in turn. */
  page: z.number().int().positive(),
  panels: z.array(z.string()).min(1),
  /** Silence after it, in seconds. */
  pause_after: z.number().min(0).max(5),
  /** The character who says these words, by the name in the story, and the mood; from narrators that know. */
  speaker: z.string().min(1).max(80).optional(),
  mood: Mood.optional(),
});
export type SegmentDraft = z.infer<typeof SegmentDraft>;

/**
 * Returns whether a segment tells the story. The frame does not: welcome, hook, recap, farewell and the sentences over silent pages,
 * which YouTube allows to be the same in all videos (channel monetization policies). Only a model gives the segments of a page a mood.
 */
export const isTold = ({ kind, mood }: Pick<SegmentDraft, 'kind' | 'mood'>): boolean =>
  kind === 'speech' || (kind === 'description' && mood !== undefined);

/** Segments count from 0, in spoken order. */
export const Segment = SegmentDraft.extend({ index: z.number().int().nonnegative() });
export type Segment = z.infer<typeof Segment>;

/** Cost of the narration: tokens paid for, US dollars, and notes on problems. */
export const NarrationAccount = z.object({
  tokens_in: z.number().int().nonnegative(),
  tokens_out: z.number().int().nonnegative(),
  cost_usd: z.number().nonnegative(),
  notes: z.array(z.string().max(300)),
});
export type NarrationAccount = z.infer<typeof NarrationAccount>;

/** Presentation of a chapter's video by a narrator that knows the story, in addition to the source's metadata. */
export const Presentation = z.object({
  /** Makes viewers curious, without the names of series and chapter. */
  headline: z.string().min(1).max(70),
  description: z.string().min(1).max(1200),
  tags: z.array(z.string().min(2).max(30)).max(10),
  /** The panel for the thumbnail. */
  thumbnail_panel: z.string().nullable(),
});
export type Presentation = z.infer<typeof Presentation>;

/** A sentence that was told differently at the end, and why. */
export const ScriptChange = z.object({
  index: z.number().int().nonnegative(),
  before: z.string(),
  after: z.string(),
  why: z.string(),
});
export type ScriptChange = z.infer<typeof ScriptChange>;

/** script.json */
export const Script = z.object({
  job_id: JobId,
  narrator: z.string(),
  language: z.literal('vi'),
  segments: z.array(Segment).min(1),
  /** The speaker, by the name in the story; only from narrators that know it. */
  speakers: z.array(Traits.extend({ name: z.string().min(1).max(80) })).optional(),
  /** From narrators with costs. */
  account: NarrationAccount.optional(),
  presentation: Presentation.optional(),
  /** The panel for the thumbnail: unlike those of the latest videos, if there is one. Absent in older scripts. */
  thumbnail_panel: z.string().optional(),
  changes: z.array(ScriptChange).optional(),
  /** Notice about the parts that a machine made; absent if the video is not to have it, and in older scripts. */
  synthetic_notice: SyntheticNotice.optional(),
});
export type Script = z.infer<typeof Script>;

/** Checkpoint of one page: its analysis, and its part of the narration. */
export const PageDraft = z.object({
  analysis: PageAnalysis,
  segments: z.array(SegmentDraft),
  /** From narrators that remember the story: what the page added, and the cost of telling it. */
  facts: PageFacts.optional(),
  account: NarrationAccount.optional(),
});
export type PageDraft = z.infer<typeof PageDraft>;
