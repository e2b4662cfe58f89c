import * as z from 'zod';
import { JobId } from './job.ts';
import { ScriptEdit } from './script-edits.ts';
import type { Shot } from './shots.ts';
import { VideoFormat } from './video-format.ts';

/** Preview of a video: its plan, or one of its pictures. */
export const PreviewRequest = z.object({
  job_id: JobId,
  /** Changed sentences that are not stored. */
  edits: z.array(ScriptEdit),
  /** The picture of a frame of the video; without it, the plan is wanted. */
  picture: z.object({ format: VideoFormat, frame: z.int().nonnegative() }).optional(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** The shots and subtitles that a render would make now. */
export interface PreviewPlan {
  frames_per_second: number;
  frames: number;
  shots: Shot[];
  /** Times in seconds of the video. */
  cues: { start: number; end: number; lines: string[] }[];
  /** Segments that are not spoken yet as they are written now: their length is an estimate. */
  estimated: number[];
  /** Whether subtitles are part of the pictures. */
  burnt: boolean;
}
