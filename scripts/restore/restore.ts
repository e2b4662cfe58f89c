import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../../domain/errors.ts';
import { restoreChapters } from './chapters.ts';
import { restoreJobs } from './jobs.ts';
import type { ChapterRecord, JobRecord, Upload, Versions } from './records.ts';

export interface RestorePorts {
  /** The executions that ended since the time of the copies, or are running. */
  executions(): AsyncIterable<{ arn: string; status: string }>;
  enteredStates(arn: string): AsyncIterable<{ state: string; input: string }>;
  chapters(): Promise<Versions<ChapterRecord>>;
  jobs(): Promise<Versions<JobRecord>>;
  putChapter(chapter: ChapterRecord): Promise<void>;
  putJob(job: JobRecord): Promise<void>;
  now(): string;
  say(line: string): void;
}

/** Returns the uploads that executions started. Throws ConfigurationError while an execution is running. */
async function findUploads(ports: RestorePorts): Promise<Upload[]> {
  const uploads = new Map<string, Upload>();
  for await (const { arn, status } of ports.executions()) {
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE')
      throw new ConfigurationError(
        `${arn} is ${status}; switch the schedule off, then stop it or wait for its end`,
      );
    for await (const { state, input } of ports.enteredStates(arn)) {
      if (state !== 'StartUploader' && state !== 'IncrementCounter') continue;
      const { job_id: jobId, publication } = JSON.parse(input) as {
        job_id: string;
        publication?: { youtube_url?: string };
      };
      uploads.set(jobId, { jobId, url: publication?.youtube_url ?? uploads.get(jobId)?.url });
    }
  }
  return [...uploads.values()];
}

/** Returns the records that differ from what the table has. */
const changed = <T>(records: readonly T[], live: readonly T[]) =>
  records.filter((record) => !live.some((one) => isDeepStrictEqual(one, record)));

/**
 * Writes what the tables must have after a recovery: first the chapters, which keep a video from being published twice.
 * Without `act` it only reports it. Repeated calls do the same. Throws ConfigurationError while a video has no known chapter.
 */
export async function restoreTables(act: boolean, ports: RestorePorts): Promise<void> {
  const uploads = await findUploads(ports);
  const [chapters, jobs] = [await ports.chapters(), await ports.jobs()];
  const now = ports.now();
  const restored = restoreChapters({ chapters, jobs, uploads }, now);
  const chaptersToWrite = changed(restored.chapters, chapters.live);
  const jobsToWrite = changed(restoreJobs(jobs, uploads, now), jobs.live);
  for (const chapter of chaptersToWrite) {
    const { chapter_id, status, job_id, youtube_url, out_since } = chapter;
    const where =
      status === 'claimed' && out_since ? 'its video could be online, check' : (youtube_url ?? '');
    ports.say(`${chapter_id}: ${status} by ${job_id} ${where}`.trimEnd());
    if (act) await ports.putChapter(chapter);
  }
  for (const job of jobsToWrite) {
    ports.say(`${job.job_id}: ${job.status}`);
    if (act) await ports.putJob(job);
  }
  const counts = `chapters ${chaptersToWrite.length}, jobs ${jobsToWrite.length}`;
  ports.say(act ? `written: ${counts}` : `to write: ${counts}; YES=1 writes them`);
  for (const { jobId, url } of restored.unknown)
    ports.say(
      `${jobId}: its chapter is unknown; ${url ? `published at ${url}` : 'its video could be online'}`,
    );
  if (restored.unknown.length > 0)
    throw new ConfigurationError(
      `videos without a known chapter, which would be published twice: ${restored.unknown.length}; enter each as docs/restore.md says, and run this again`,
    );
}
