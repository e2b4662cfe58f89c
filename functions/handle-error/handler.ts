import { artifactStore } from '../../aws/artifact-store.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { dailyCounter } from '../../aws/counter.ts';
import { describeExecution, enteredStates, stopExecution } from '../../aws/executions.ts';
import { heldChapters } from '../../aws/held-chapters.ts';
import { jobStore } from '../../aws/job-store.ts';
import { notifier } from '../../aws/notifier.ts';
import { runRecord } from '../../aws/run-record.ts';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import { handleError } from '../../config/environments.ts';
import { environmentForSeries, seriesSettings } from '../../config/settings/series.ts';
import type { JobId } from '../../domain/job.ts';
import { latestQuotaDays, quotaDay } from '../../domain/quota-day.ts';
import { youtubeDay } from '../../domain/youtube-quota.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { DoubtfulInput, recordDoubt } from './doubtful.ts';
import { alignJobs, type ExecutionPorts, isOfMapRun, StatusChange } from './execution.ts';
import { type HandleErrorPorts, run } from './handle-error.ts';
import { type SummaryPorts, tellDay, withRecord } from './summary.ts';
import { recordVerdict, VerdictInput } from './verdict.ts';

const env = environmentOf('handle-error', handleError);
const { log, logged } = functionLog('handle-error', env.TRACING);
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);
const held = heldChapters(env.DYNAMODB_CHAPTERS_TABLE);
const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
const topic = env.ERROR_NOTIFICATION_TOPIC_ARN;

const common = {
  now: () => new Date(),
  runbookUrl: env.RUNBOOK_URL,
  findJob: jobs.get,
  updateJob: jobs.update,
  releaseSlot: async (jobId: JobId, day: string | undefined) => {
    const days = day === undefined ? latestQuotaDays(new Date(), env.QUOTA_TIMEZONE) : [day];
    for (const one of days) await counter.releaseSlot(one, jobId);
  },
  releaseChapter: async (id: string, jobId: JobId) =>
    (await chapters.release(id, jobId)) || !(await chapters.isHeldBy(id, jobId)),
  log,
  notify: topic === undefined ? undefined : notifier(topic).notify,
};

const failurePorts: HandleErrorPorts = {
  ...common,
  countFailure: runs.addFailed,
  async markJobFailed(jobId, failure) {
    // The flow has given the job up, so a late report of its redrive must not continue it.
    await jobs.update(jobId, { status: 'failed', stopped_while: null, ...failure });
    return true;
  },
  markChapterFailed: async (id, jobId) =>
    (await chapters.markFailed(id, jobId, env.CHAPTER_RETRY_HOURS)) || !(await chapters.isHeldBy(id, jobId)),
};

const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE);

/** Returns what YouTube accepts today; a folder accepts any number. */
async function publisherLeft(): Promise<string | undefined> {
  if (env.PUBLISHER !== 'youtube') return undefined;
  const spent = await ledger.spent(youtubeDay(new Date()));
  const [uploads, units] = [env.YOUTUBE_UPLOADS_PER_DAY, env.YOUTUBE_UNITS_PER_DAY];
  return `${uploads - spent.uploads} of ${uploads} uploads and ${units - spent.units} of ${units} units of YouTube`;
}

const summaryPorts: SummaryPorts = {
  ...common,
  dailyQuota: env.DAILY_QUOTA,
  quotaDay: (time) => quotaDay(time, env.QUOTA_TIMEZONE),
  describeExecution,
  enteredStates,
  jobsOf: async (day) => withRecord(await counter.startedOn(day), jobs.get),
  countOf: counter.count,
  publisherLeft,
  isTold: counter.isTold,
  markTold: counter.markTold,
};

const executionPorts: ExecutionPorts = {
  ...common,
  describeExecution,
  enteredStates,
  stopExecution,
  failJob: (failed, status) =>
    run(failed, {
      ...failurePorts,
      markJobFailed: (jobId, failure) =>
        jobs.stop(jobId, { status: 'failed', stopped_while: status, ...failure }),
    }),
  reclaimChapter: async (id, jobId) =>
    (await chapters.isHeldBy(id, jobId)) || chapters.claim(id, jobId, { attempts: env.CHAPTER_ATTEMPTS }),
  // An operator continues the job on purpose: it takes its slot even on a day that is full meanwhile.
  takeSlot: async (jobId, day = quotaDay(new Date(), env.QUOTA_TIMEZONE)) =>
    void (await counter.takeSlot(day, jobId, Number.MAX_SAFE_INTEGER)),
  resumeJob: jobs.resume,
};

export const handler = logged(async (event) => {
  const doubtful = DoubtfulInput.safeParse(event);
  if (doubtful.success)
    return recordDoubt(doubtful.data, {
      ...common,
      onDoubtIn: async (mangaId) =>
        mangaId === undefined
          ? env.ON_DOUBT
          : environmentForSeries(env, await seriesSettings(artifacts.findJson, mangaId)).ON_DOUBT,
      holdChapter: held.hold,
      countHeld: runs.addHeld,
    });
  const verdict = VerdictInput.safeParse(event);
  if (verdict.success)
    return recordVerdict(verdict.data, {
      ...common,
      resumeChapter: held.resume,
      rejectChapter: held.reject,
    });
  const change = StatusChange.safeParse(event);
  if (change.success) {
    const { executionArn } = change.data.detail;
    if (isOfMapRun(executionArn)) return { execution_id: executionArn, status: 'UNKNOWN' };
    const aligned = await alignJobs(change.data, executionPorts);
    await tellDay(executionArn, summaryPorts);
    return aligned;
  }
  return run(event, failurePorts);
});
