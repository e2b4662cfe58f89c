import type { PipelineRecords } from '../records.ts';
import type { PipelineExecutions } from './executions.ts';

interface Options {
  chapterId: string;
  again: boolean;
  /** Whether an earlier run took another file under this id. */
  isAnother: boolean;
  executions: PipelineExecutions;
  records: PipelineRecords;
  say(line: string): void;
}

export type Takeover =
  | { kind: 'published'; url: string }
  | { kind: 'run'; executionArn: string; isContinued: boolean };

/** Continues an earlier run or starts fresh, depending on the state that it left. */
export async function takeOver(options: Options): Promise<Takeover> {
  const { chapterId, again, isAnother, executions, records, say } = options;
  const unfinished = await continueUnfinished(options);
  if (unfinished) return { kind: 'run', executionArn: unfinished, isContinued: true };
  const claim = await records.claimOf(chapterId);
  if (claim?.status === 'published' && !again && !isAnother)
    return { kind: 'published', url: claim.youtube_url ?? '' };
  if (claim) {
    if (claim.status === 'published') say(`publishing ${chapterId} again`);
    if (claim.status === 'claimed')
      await records.abandon(claim.job_id, 'Its run was interrupted').catch(() => {});
    if (claim.status === 'held') {
      say(`${chapterId} is held by an earlier run, and is read again`);
      await records.abandon(claim.job_id, 'Its chapter is read again').catch(() => {});
    }
    await records.release(chapterId);
  }
  return { kind: 'run', executionArn: await executions.start(), isContinued: false };
}

/** Returns an earlier run's execution of this chapter; stops those of other chapters. */
async function continueUnfinished(options: Options): Promise<string | undefined> {
  const { chapterId, isAnother, executions, records, say } = options;
  let found: string | undefined;
  for (const { executionArn } of await executions.running()) {
    const jobId = await executions.jobOf(executionArn);
    const job = jobId === undefined ? undefined : await records.job(jobId);
    const name = executionArn.split(':').at(-1);
    if (!found && !isAnother && (job?.chapter_id ?? chapterId) === chapterId) {
      say(
        `continuing ${name}, which an earlier run left unfinished; what it stored is kept, and what it was at begins again`,
      );
      found = executionArn;
      continue;
    }
    say(`stopping ${name}, which an earlier run started for ${job?.chapter_id}`);
    await executions.stop(executionArn, 'The demo was started for another chapter');
    if (!job?.chapter_id) continue;
    await records.abandon(job.job_id, 'The demo was started for another chapter');
    const claim = await records.claimOf(job.chapter_id);
    if (claim?.status === 'claimed' && claim.job_id === job.job_id) await records.release(job.chapter_id);
  }
  return found;
}
