import * as z from 'zod';

const TextHash = z.string().regex(/^[0-9a-f]{64}$/);

/** A text of the source that forbids republication, or speaks of rights or use without clearly permitting a video. */
export const LimitingNote = z.object({
  /** Its place, e.g. `chapter-01.cbz: ComicInfo.xml: Notes`. */
  from: z.string(),
  /** Its sentences that limit the use, in their order; or what of it was not searched. */
  sentences: z.array(z.string()).min(1),
  /**
   * SHA-256 of the whole text, by which an approval of it is remembered. Null if a person is not shown all that limits, or a character of
   * it was lost: an approval then counts for one chapter.
   */
  text_hash: TextHash.nullable(),
});
export type LimitingNote = z.infer<typeof LimitingNote>;

/** A note of a series that a person approved with a held chapter. */
export const ApprovedNote = z.object({
  text_hash: TextHash,
  sentences: z.array(z.string()),
  approved_by: z.string(),
  approved_at: z.string(),
  /** The job whose chapter was approved. */
  job_id: z.string(),
});
export type ApprovedNote = z.infer<typeof ApprovedNote>;

/** Returns the notes that differ, the first of each text. */
export const distinctNotes = (notes: readonly (LimitingNote | null)[]): LimitingNote[] =>
  [
    ...new Map(
      notes
        .flatMap((note) => (note ? [[note.text_hash ?? JSON.stringify(note), note] as const] : []))
        .reverse(),
    ).values(),
  ].reverse();
