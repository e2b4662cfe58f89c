import * as z from 'zod';
import { JobId } from '../job.ts';
import type { KnownVideo } from './appearance.ts';

/**
 * Scripts of a channel in the order of their comparison: each one was compared with all before it. `hash` is that of what was compared, since a
 * script can be told again after its function died.
 */
export const ComparedScripts = z.object({
  scripts: z.array(z.object({ job_id: JobId, hash: z.string() })),
});
export type ComparedScripts = z.infer<typeof ComparedScripts>;

/** What viewers will recognise of a video that is not published yet; its address is its job. */
export interface ScriptAtWork {
  hash: string;
  video: KnownVideo;
}

/** Scripts to compare with, and the keys of those that can't be read. */
export interface ScriptsToCompare {
  scripts: ScriptAtWork[];
  unreadable: string[];
}
