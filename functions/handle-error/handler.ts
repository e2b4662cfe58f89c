import { approvedNotes } from '../../aws/approved-notes.ts';
import { artifactStore } from '../../aws/artifact-store.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { dailyCounter } from '../../aws/counter.ts';
import { describeExecution, enteredStates, stopExecution } from '../../aws/executions.ts';
import { heldChapters } from '../../aws/held-chapters.ts';
import { jobStore } from '../../aws/job-store.ts';
import { notifier } from '../../aws/notifier.ts';
import { runRecord } from '../../aws/run-record.ts';
import { toldMessages } from '../../aws/told-messages.ts';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import { allowanceOf, channelNames, environmentForChannel, ledgerOf } from '../../config/channels.ts';
import { claimPolicyOf } from '../../config/claim-policy.ts';
import { consequenceOfDoubt } from '../../config/doubt-policy.ts';
import { handleError } from '../../config/environments.ts';
import { environmentForSeries, type SeriesFileSettings, seriesFiles } from '../../config/settings/series.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { channelOf } from '../../domain/channel.ts';
import { Chapter } from '../../domain/chapter.ts';
import { type Job, type JobId, statusesAtWork } from '../../domain/job.ts';
import { isUnfinished, type LedgerEntry } from '../../domain/ledger-entry.ts';
import { latestQuotaDays, quotaDay } from '../../domain/quota-day.ts';
import { youtubeDay } from '../../domain/youtube-quota.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { DoubtfulInput, recordDoubt } from './doubtful.ts';
import { alignJobs, type ExecutionPorts, isOfMapRun, StatusChange } from './execution.ts';
import { type HandleErrorPorts, run } from './handle-error.ts';
import { type SummaryPorts, tellDay, withRecord } from './summary.ts';
import { takingBackNotes } from './taking-back-notes.ts';
import { recordVerdict, VerdictInput } from './verdict.ts';

const env = environmentOf('handle-error', handleError);
const { log, logged } = functionLog('handle-error', env.TRACING);
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const approvals = approvedNotes(env.DYNAMODB_COUNTER_TABLE);
const told = toldMessages(env.DYNAMODB_COUNTER_TABLE);
const channels = channelNames(env).map((name) => ({
  name,
  its: environmentForChannel(env, name),
  counter: dailyCounter(env.DYNAMODB_COUNTER_TABLE, name),
  ledger: uploadLedger(env.DYNAMODB_COUNTER_TABLE, ledgerOf(env, name)),
}));
const held = heldChapters(env.DYNAMODB_CHAPTERS_TABLE);
const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
const topic = env.ERROR_NOTIFICATION_TOPIC_ARN;

/** Returns the days on which a job can have a slot. */
function slotDays(day: string | undefined, timezone: string): string[] {
  const known = day === undefined ? [] : [day];
  return known.length > 0 && channels.length === 1
    ? known
    : [...new Set([...known, ...latestQuotaDays(new Date(), timezone)])];
}

const common = {
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
async function filesOf(job: Job | undefined): Promise<SeriesFileSettings[]> {
  if (job?.manga_id === undefined) return [];
  const chapter = await artifacts.findJson(artifactsOf(job.job_id).chapter, Chapter);
  return seriesFiles(artifacts.findJson, { manga_id: job.manga_id, ...chapter });
}

/** Returns whether the later chapters of a failed job's series wait; they do if its settings can't be used. */
async function seriesWaits(job: Job): Promise<boolean> {
  try {
    const its = environmentForChannel(env, channelOf(job));
    return environmentForSeries(its, await filesOf(job)).SERIES_ORDER === 'strict';
  } catch (error) {
    log({ level: 'WARN', event: 'series_settings_unusable', job_id: job.job_id, error: String(error) });
    return true;
  }
}

const takeBackNotes = takingBackNotes({ takeBack: approvals.takeBack }, log);

const failurePorts: HandleErrorPorts = {
  ...common,
  ...told,
  attemptsOf: async (job) => ({
    attempts: env.CHAPTER_ATTEMPTS,
    retryHours: env.CHAPTER_RETRY_HOURS,
    seriesWaits: await seriesWaits(job),
  }),
  refusedSince: async (channel) =>
    (await channels.find(({ name }) => name === channel)?.ledger.refusal())?.since,
  takeBackNotes,
  countFailure: runs.addFailed,
  async markJobFailed(jobId, failure) {
    // The flow has given the job up, so a late report of its redrive must not continue it.
    await jobs.update(jobId, { status: 'failed', stopped_while: null, ...failure });
    return true;
  },
  markChapterFailed: async (id, jobId) =>
    (await chapters.markFailed(id, jobId, env.CHAPTER_RETRY_HOURS)) || !(await chapters.isHeldBy(id, jobId)),
};

type OfStage = (typeof channels)[number];

/** Returns what YouTube accepts today; a folder accepts any number. */
async function publisherLeft({ name, ledger }: OfStage): Promise<string | undefined> {
  if (env.PUBLISHER !== 'youtube') return undefined;
  const spent = await ledger.spent(youtubeDay(new Date()));
  const { uploads, units } = allowanceOf(env, name);
  const closed = (await ledger.refusal())?.reason ?? spent.closed;
  return [
    `${uploads - spent.uploads} of ${uploads} uploads and ${units - spent.units} of ${units} units of YouTube`,
    ...(closed === undefined ? [] : [`closed: ${closed}`]),
  ].join('; ');
}

const dayOf = ({ its }: OfStage, time: Date) => quotaDay(time, its.QUOTA_TIMEZONE);

/** Returns whether a chapter is not at work, published or about to be, so that a person can decide about it. */
const isOpen = ({ status, lease_until, out_since }: LedgerEntry): boolean =>
  out_since === undefined && status !== 'published' && lease_until === undefined;

async function* unfinishedChapters() {
  for await (const entry of chapters.all()) {
    const job = entry.status === 'claimed' ? await jobs.get(entry.job_id) : undefined;
    if (isUnfinished(entry, job !== undefined && statusesAtWork.has(job.status))) yield entry;
  }
}

const summaryPorts: SummaryPorts = {
  ...common,
  quotaDay: (time) => quotaDay(time, env.QUOTA_TIMEZONE),
  describeExecution,
  enteredStates,
  unfinished: () => Array.fromAsync(unfinishedChapters()),
  attempts: env.CHAPTER_ATTEMPTS,
  async jobsOf(time) {
    const started = channels.map((one) => one.counter.startedOn(dayOf(one, time)));
    return withRecord([...new Set((await Promise.all(started)).flat())], jobs.get);
  },
  leftOn: (time) =>
    Promise.all(
      channels.map(async (one) => ({
        channel: one.name,
        quota: one.its.DAILY_QUOTA,
        count: await one.counter.count(dayOf(one, time)),
        publisher: await publisherLeft(one),
      })),
    ),
  ...told,
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
    (await chapters.isHeldBy(id, jobId)) || chapters.claim(id, jobId, claimPolicyOf(env)),
  // An operator continues the job on purpose: it takes its slot even on a day that is full meanwhile.
  async takeSlot(jobId, day, channel) {
    for (const one of channels)
      if (channel === undefined || one.name === channel)
        await one.counter.takeSlot(day ?? dayOf(one, new Date()), jobId, Number.MAX_SAFE_INTEGER);
  },
  resumeJob: jobs.resume,
};

export const handler = logged(async (event) => {
  const doubtful = DoubtfulInput.safeParse(event);
  if (doubtful.success)
    return recordDoubt(doubtful.data, {
      ...common,
      async onDoubtIn(job) {
        return consequenceOfDoubt(env, channelOf(job), await filesOf(job));
      },
      holdChapter: held.hold,
      countHeld: runs.addHeld,
    });
  const verdict = VerdictInput.safeParse(event);
  if (verdict.success)
    return recordVerdict(verdict.data, {
      ...common,
      resumeChapter: held.resume,
      holdChapter: held.hold,
      rejectChapter: held.reject,
      retryChapter: held.retry,
      chaptersOf: async (jobId) =>
        (await Array.fromAsync(chapters.all())).flatMap((entry) =>
          entry.job_id === jobId && isOpen(entry) ? [entry.chapter_id] : [],
        ),
      ...told,
      approveNote: approvals.approve,
      takeBackNotes,
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
