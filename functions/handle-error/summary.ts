import * as z from 'zod';
import type { ExecutionState } from '../../aws/executions.ts';
import { costOf, dollars, totalCost } from '../../domain/cost.ts';
import type { Job, JobId } from '../../domain/job.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import { summarySubject } from '../../domain/runbook.ts';

interface ChannelLeft {
  channel: string;
  /** Videos that count toward the day, and how many can. */
  count: number;
  quota: number;
  /** Rest of the publisher's allowance, in words; undefined without one. */
  publisher: string | undefined;
}

export interface SummaryPorts {
  now(): Date;
  quotaDay(time: Date): string;
  describeExecution(executionArn: string): Promise<ExecutionState | undefined>;
  enteredStates(executionArn: string): AsyncIterable<{ state: string; input: string }>;
  /** Returns every job that was started on the quota day of a time. */
  jobsOf(time: Date): Promise<Job[]>;
  /** Returns the chapters of all days for which the later ones of their series wait. */
  unfinished(): Promise<LedgerEntry[]>;
  /** Number of attempts at a chapter that fails. */
  attempts: number;
  /** Returns what is left of that day, for each channel. */
  leftOn(time: Date): Promise<readonly ChannelLeft[]>;
  /** Returns whether a summary was sent under this name, and records that it was. */
  isTold(run: string): Promise<boolean>;
  markTold(run: string): Promise<void>;
  /** Notifies the operator; absent when no topic is set. */
  notify?: ((subject: string, message: string) => Promise<void>) | undefined;
}

/** Reasons for the end of a run, by its last state. An execution that ends in another state does not end a run. */
const ends: Readonly<Record<string, string>> = {
  QuotaReached: 'the quota is reached, or another limit of the day',
  NoMangaAvailable: 'no further chapter is available',
  TooManyHeld: 'ten chapters in a row wait for a person',
  TooManyFailures: 'three jobs failed',
  LanesEnded: 'each lane found the day full or no further chapter',
  LanesFailed: 'a lane failed or was stopped',
};

/** The input of an execution that is a lane of a run; the run's own end is reported. */
const LaneInput = z.object({ lane: z.unknown().refine((lane) => lane !== undefined) });
const PlannedInput = z.object({
  plan: z.object({ wanted: z.number(), lanes: z.array(z.number()), reasons: z.array(z.string()) }),
});

interface RunEnd {
  why: string;
  /** Why there were fewer lanes than the setting says. */
  fewerLanes?: string;
}

/**
 * Returns why a run ended; undefined if it continues elsewhere, if a person's verdict on one chapter was carried out, or for
 * one of its lanes.
 */
async function endOf(executionArn: string, status: string, ports: SummaryPorts): Promise<RunEnd | undefined> {
  let last = '';
  let lanes = {};
  for await (const { state, input } of ports.enteredStates(executionArn)) {
    if (state === 'TakeHeldJob' || (last === '' && LaneInput.safeParse(JSON.parse(input)).success))
      return undefined;
    if (state === 'OpenLanes') lanes = fewerLanes(input);
    last = state;
  }
  const why =
    status === 'SUCCEEDED' || last in ends
      ? ends[last]
      : `the execution ended in ${last || 'its first state'} (${status})`;
  return why === undefined ? undefined : { why, ...lanes };
}

function fewerLanes(input: string): Pick<RunEnd, 'fewerLanes'> {
  const { wanted, lanes, reasons } = PlannedInput.parse(JSON.parse(input)).plan;
  return reasons.length === 0 ? {} : { fewerLanes: `${lanes.length} of ${wanted}: ${reasons.join('; ')}` };
}

const titleOf = ({ manga_title, chapter_id, job_id, channel }: Job) =>
  [manga_title, chapter_id && `(${chapter_id})`, channel && `on ${channel}`].filter(Boolean).join(' ') ||
  job_id;

/** Returns the lines of a section; none for an empty one. */
const section = (title: string, jobs: readonly Job[], line: (job: Job) => string) =>
  jobs.length === 0 ? [] : ['', `${title}:`, ...jobs.map((job) => `- ${line(job)}`)];

/** Reports a quota day to the operator when a run of it has ended, once for each run. */
export async function tellDay(executionArn: string, ports: SummaryPorts): Promise<void> {
  const execution = await ports.describeExecution(executionArn);
  if (!execution || execution.status === 'RUNNING' || !ports.notify) return;
  const end = await endOf(executionArn, execution.status, ports);
  // A run that is redriven ends again.
  const run = `${executionArn}#${execution.redriveCount}`;
  if (end === undefined || (await ports.isTold(run))) return;
  const now = ports.now();
  const startedAt = execution.startedAt ?? now;
  const day = ports.quotaDay(startedAt);
  const jobs = await ports.jobsOf(startedAt);
  const of = (status: Job['status']) => jobs.filter((job) => job.status === status);
  const [published, held, waiting, failed] = [
    of('published'),
    of('needs_review'),
    of('awaiting_review'),
    of('failed'),
  ];
  const cost = (job: Job) => dollars(costOf(job, now).usd);
  const { usd, unknown } = totalCost(jobs, now);
  const channels = await ports.leftOn(startedAt);
  const today = new Set(jobs.map(({ job_id }) => job_id));
  const earlier = (await ports.unfinished())
    .filter(({ job_id }) => !today.has(job_id))
    .sort((one, other) => one.chapter_id.localeCompare(other.chapter_id));
  await ports.notify(
    `${summarySubject}: ${published.length} published, ${held.length + waiting.length} held, ${failed.length} failed`,
    [
      `Day: ${day}. It ended because ${end.why}.`,
      ...(end.fewerLanes === undefined ? [] : [`Lanes: ${end.fewerLanes}`]),
      ...section(
        'Published',
        published,
        (job) => `${titleOf(job)}: ${job.youtube_url}, at most ${cost(job)}`,
      ),
      ...section(
        'Held for a person (make review)',
        held,
        (job) =>
          `${titleOf(job)}: ${job.doubt_reasons?.join('; ') ?? 'no reasons are on the job'} (JOB=${job.job_id})`,
      ),
      ...section(
        'Finished videos that wait for a person',
        waiting,
        (job) => `${titleOf(job)} (JOB=${job.job_id})`,
      ),
      ...section(
        'Failed',
        failed,
        (job) =>
          `${titleOf(job)}: ${job.error_name} in ${job.failed_state}: ${job.error_message?.split('\n')[0]}`,
      ),
      ...earlierLines(earlier, ports.attempts),
      '',
      `Cost: at most ${dollars(usd)} for ${jobs.length} jobs${unknown.map((what) => `, without ${what}`).join('')}`,
      ...channels.map((one) => `Left${channels.length > 1 ? ` on ${one.channel}` : ''}: ${leftOf(one)}`),
    ].join('\n'),
  );
  // If this call dies here, the message is sent twice; in the other order it might never be sent.
  await ports.markTold(run);
}

const mostEarlier = 20;

/** Lists what is unfinished since earlier days; by default the later chapters of each series wait for it. */
function earlierLines(earlier: readonly LedgerEntry[], most: number): string[] {
  if (earlier.length === 0) return [];
  const more = earlier.length - mostEarlier;
  const stateOf = ({ status, attempts = 0, retry_at, out_since }: LedgerEntry) => {
    if (status === 'held') return 'waits for you';
    if (status === 'claimed' && out_since === undefined) return 'is approved, and waits for a slot of a day';
    if (status === 'claimed')
      return 'its video could be online: look for it, as the runbook says under UploadError';
    const isLast = attempts >= most;
    return `failed ${attempts} of ${most} times${isLast ? ', is not tried again' : retry_at ? `, is tried again after ${retry_at}` : ''}`;
  };
  return [
    '',
    'Unfinished since earlier days (make review):',
    ...earlier
      .slice(0, mostEarlier)
      .map((entry) => `- ${entry.chapter_id}: ${stateOf(entry)} (JOB=${entry.job_id})`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

const leftOf = ({ count, quota, publisher }: ChannelLeft) =>
  `${Math.max(0, quota - count)} of ${quota} videos${publisher === undefined ? '' : `; ${publisher}`}`;

/** Keeps the jobs that have a record. */
export const withRecord = async (ids: readonly JobId[], find: (id: JobId) => Promise<Job | undefined>) =>
  (await Promise.all(ids.map(find))).filter((job) => job !== undefined);
