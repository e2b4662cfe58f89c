/** Edits of a script: sentences that a person writes in place of the narrator's. */
import * as z from 'zod';
import { artifactsOf } from '../../../domain/artifacts.ts';
import type { Job } from '../../../domain/job.ts';
import { Script } from '../../../domain/script.ts';
import { ScriptEdit, withEdits } from '../../../domain/script-edits.ts';
import type { CloudAccess } from '../../cloud-access.ts';
import { Refusal } from '../responses.ts';

export const Edits = z.object({ edits: z.array(ScriptEdit).default([]) });

/** Returns the job's script with the edits applied. */
export async function editedScript(
  { job_id }: Job,
  edits: readonly ScriptEdit[],
  access: CloudAccess,
): Promise<Script> {
  const stored = await access.json(artifactsOf(job_id).script);
  if (stored === undefined) throw new Refusal(409, `${job_id} has no script yet`);
  try {
    return withEdits(Script.parse(stored), edits);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(400, error.message);
    throw error;
  }
}

export const storeScript = ({ job_id }: Job, script: Script, access: CloudAccess) =>
  access.s3('PUT', artifactsOf(job_id).script, '', JSON.stringify(script));

/** Changes the script of a held job, which is not spoken before a person approves it. */
export async function editHeld(job: Job, edits: readonly ScriptEdit[], access: CloudAccess): Promise<void> {
  if (job.status !== 'needs_review') throw new Refusal(409, `${job.job_id} is not held`);
  await storeScript(job, await editedScript(job, edits, access), access);
}
