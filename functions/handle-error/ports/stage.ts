/** The environment, the stores and the ports that the duties of this function share. */

import { approvedNotes } from '../../../aws/approved-notes.ts';
import { artifactStore } from '../../../aws/artifact-store.ts';
import { chapterLedger } from '../../../aws/chapter-ledger.ts';
import { dailyCounter } from '../../../aws/counter.ts';
import { heldChapters } from '../../../aws/held-chapters.ts';
import { jobStore } from '../../../aws/job-store.ts';
import { notifier } from '../../../aws/notifier.ts';
import { runRecord } from '../../../aws/run-record.ts';
import { toldMessages } from '../../../aws/told-messages.ts';
import { uploadLedger } from '../../../aws/upload-ledger.ts';
import { channelNames, environmentForChannel, ledgerOf } from '../../../config/channels.ts';
import { handleError } from '../../../config/environments.ts';
import { type SeriesFileSettings, seriesFiles } from '../../../config/settings/series.ts';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { Chapter } from '../../../domain/chapter.ts';
import type { Job, JobId } from '../../../domain/job.ts';
import { latestQuotaDays, quotaDay } from '../../../domain/quota-day.ts';
import { environmentOf } from '../../environment.ts';
import { functionLog } from '../../lambda.ts';
import { takingBackNotes } from '../taking-back-notes.ts';

export const env = environmentOf('handle-error', handleError);
export const { log, logged } = functionLog('handle-error', env.TRACING);

const artifacts = artifactStore(env.S3_BUCKET);
const topic = env.ERROR_NOTIFICATION_TOPIC_ARN;
export const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
export const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
export const held = heldChapters(env.DYNAMODB_CHAPTERS_TABLE);
export const approvals = approvedNotes(env.DYNAMODB_COUNTER_TABLE);
export const told = toldMessages(env.DYNAMODB_COUNTER_TABLE);
export const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
export const takeBackNotes = takingBackNotes({ takeBack: approvals.takeBack }, log);

/** The channels of the stage, with what counts for each. */
export const channels = channelNames(env).map((name) => ({
  name,
  its: environmentForChannel(env, name),
  counter: dailyCounter(env.DYNAMODB_COUNTER_TABLE, name),
  ledger: uploadLedger(env.DYNAMODB_COUNTER_TABLE, ledgerOf(env, name)),
}));
export type StageChannel = (typeof channels)[number];

/** Returns the day of a channel's quota at a time. */
export const dayOf = ({ its }: StageChannel, time: Date) => quotaDay(time, its.QUOTA_TIMEZONE);

/** Returns the days on which a job can have a slot. */
function slotDays(day: string | undefined, timezone: string): string[] {
  const known = day === undefined ? [] : [day];
  return known.length > 0 && channels.length === 1
    ? known
    : [...new Set([...known, ...latestQuotaDays(new Date(), timezone)])];
}

export const common = {
  now: () => new Date(),
  runbookUrl: env.RUNBOOK_URL,
  findJob: jobs.get,
  updateJob: jobs.update,
  releaseSlot: async (jobId: JobId, day: string | undefined) => {
    // A job that has no chapter yet can have a slot of each channel.
    for (const { counter, its } of channels)
      for (const one of slotDays(day, its.QUOTA_TIMEZONE)) await counter.releaseSlot(one, jobId);
  },
  releaseChapter: async (id: string, jobId: JobId) =>
    (await chapters.release(id, jobId)) || !(await chapters.isHeldBy(id, jobId)),
  log,
  notify: topic === undefined ? undefined : notifier(topic).notify,
};

/** Reads the settings of a job's series; without a stored chapter only those in the bucket are known. */
export async function seriesFilesOf(job: Job | undefined): Promise<SeriesFileSettings[]> {
  if (job?.manga_id === undefined) return [];
  const chapter = await artifacts.findJson(artifactsOf(job.job_id).chapter, Chapter);
  return seriesFiles(artifacts.findJson, { manga_id: job.manga_id, ...chapter });
}
