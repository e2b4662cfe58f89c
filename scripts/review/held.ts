/** Shows held and failed chapters with their reasons and pages, stores edits, and starts the execution of a verdict. */
import { join } from 'node:path';
import { artifactsOf } from '../../domain/artifacts.ts';
import { thresholdLines } from '../../domain/doubt/thresholds.ts';
import type { Doubt } from '../../domain/doubt.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { type HeldVerdict, heldFor, startHeldReview } from '../../domain/held-review.ts';
import { chaptersHeldBy, type Job, type JobId, statusesAtWork } from '../../domain/job.ts';
import { isUnfinished, type LedgerEntry } from '../../domain/ledger-entry.ts';
import type { Script } from '../../domain/script.ts';
import { editsIn, withEdits } from '../../domain/script-edits.ts';

export interface HeldPorts {
  held(): Promise<Job[]>;
  /** Returns the chapters that are neither published nor blocked, as the ledger has them. */
  open(): Promise<LedgerEntry[]>;
  findJob(jobId: JobId): Promise<Job | undefined>;
  download(key: string, toFile: string): Promise<void>;
  getScript(key: string): Promise<Script>;
  getDoubt(key: string): Promise<Doubt>;
  putScript(key: string, script: Script): Promise<void>;
  /** Starts an execution of the flow; false when one with this name has ended. */
  start(name: string, input: string): Promise<boolean>;
  say(line: string): void;
}

/** Number of pages that are fetched; the others are in the console and in the bucket. */
const mostPages = 40;

/** Lists the chapters that wait, each with its reasons. */
export async function listHeld(ports: HeldPorts): Promise<void> {
  const jobs = await ports.held();
  if (jobs.length === 0) ports.say('no doubtful chapter is held');
  for (const job of jobs) {
    const { job_id, manga_title, chapter_id, held_at, updated_at, doubt_reasons = [] } = job;
    ports.say(
      `${job_id}  ${manga_title ?? ''} (${chapter_id ?? ''})  held since ${held_at ?? updated_at}, ${heldFor(job)}`,
    );
    for (const reason of doubt_reasons) ports.say(`  - ${reason}`);
  }
  if (jobs.length > 0)
    ports.say(
      "make review JOB=job-… OPEN=1 fetches one with its pages; then APPROVE=1, EDIT=script.json, REJECT='why' or RETRY='why'",
    );
}

/** Returns the held job with an id; undefined if it is not held. */
export const findHeld = async (jobId: string, { held }: Pick<HeldPorts, 'held'>): Promise<Job | undefined> =>
  (await held()).find(({ job_id }) => job_id === jobId);

/**
 * Lists the chapters that failed, could be online, or are held for a job without a record; unless their order is free, the later ones of
 * their series wait for them.
 */
export async function listFailed(ports: HeldPorts): Promise<void> {
  const found = await Promise.all(
    (await ports.open()).map(async (entry) => ({ entry, job: await ports.findJob(entry.job_id) })),
  );
  const waited = found.filter(
    ({ entry, job }) =>
      job?.status !== 'needs_review' &&
      isUnfinished(entry, job !== undefined && statusesAtWork.has(job.status)),
  );
  if (waited.length === 0) ports.say('no chapter has failed');
  for (const { entry, job } of waited) {
    const { chapter_id, job_id } = entry;
    ports.say(`${job_id}  ${job?.manga_title ?? ''} (${chapter_id})  ${failedText(entry)}`);
    ports.say(`  - ${job ? errorOf(job) : 'the record of its job is deleted: only RETRY and REJECT work'}`);
  }
  if (waited.length > 0)
    ports.say("make review JOB=job-… RETRY='what was changed' makes one again, REJECT='why' leaves it out");
}

function failedText({ status, attempts, retry_at, out_since }: LedgerEntry): string {
  if (status === 'held') return 'held';
  if (status === 'claimed' && out_since === undefined) return 'approved';
  if (status === 'claimed')
    return 'its video could be online: look for it, as docs/runbook.md says under UploadError';
  return `failed, attempt ${attempts}${retry_at ? `, can be tried again after ${retry_at}` : ''}`;
}

const errorOf = ({ error_name, error_message }: Job): string =>
  [error_name, error_message?.split('\n')[0]].filter(Boolean).join(': ') || 'its job has no error on record';

/** Returns whether a job failed with a chapter that no other job has since, or no longer has a record but a chapter that waits. */
export async function isFailed(jobId: JobId, ports: HeldPorts): Promise<boolean> {
  const job = await ports.findJob(jobId);
  const own = (await ports.open()).filter(({ job_id }) => job_id === jobId);
  if (!job) return own.some((entry) => entry.out_since === undefined && isUnfinished(entry, false));
  const its = new Set(job.status === 'failed' ? chaptersHeldBy(job) : []);
  return own.some(({ chapter_id, status }) => status === 'failed' && its.has(chapter_id));
}

/** Fetches script, verdict and the doubtful pages into `folder`, and lists the files. */
export async function openHeld({ job_id, page_count = 0 }: Job, folder: string, ports: HeldPorts) {
  const artifacts = artifactsOf(job_id);
  const fetched = async (key: string) => {
    const file = join(folder, key.slice(key.lastIndexOf('/') + 1));
    await ports.download(key, file);
    return file;
  };
  const { reasons, remarks, thresholds } = await ports.getDoubt(artifacts.doubt);
  const doubtful = [...new Set(reasons.flatMap(({ pages }) => pages))].sort((a, b) => a - b);
  const all = Array.from({ length: page_count }, (_, index) => index + 1);
  const pages = (doubtful.length > 0 ? doubtful : all).slice(0, mostPages);
  const files = new Map<number, string>();
  for (const page of pages) files.set(page, await fetched(artifacts.page(page)));
  for (const { text, pages: named } of reasons) {
    ports.say(`- ${text}`);
    for (const page of named) if (files.has(page)) ports.say(`    ${files.get(page)}`);
  }
  for (const remark of remarks) ports.say(`  (${remark})`);
  for (const threshold of thresholdLines(thresholds)) ports.say(`  judged by: ${threshold}`);
  const { changes = [] } = await ports.getScript(artifacts.script);
  for (const { before, after, why } of changes) ports.say(`  “${before}” became “${after}”, because ${why}`);
  for (const key of [artifacts.doubt, artifacts.panels]) ports.say(await fetched(key));
  const script = await fetched(artifacts.script);
  ports.say(`${script}  change its texts, then make review JOB=${job_id} EDIT=${script}`);
}

/** Returns a person's changes, or throws a ConfigurationError for changes of anything but texts. */
function changesIn(changed: Script, script: Script) {
  try {
    return editsIn(changed, script);
  } catch (cause) {
    if (cause instanceof RangeError) throw new ConfigurationError(cause.message, { cause });
    throw cause;
  }
}

/** Stores the sentences that a person changed in a copy of the script. */
export async function editHeld({ job_id }: Job, changed: Script, ports: HeldPorts): Promise<void> {
  const key = artifactsOf(job_id).script;
  const script = await ports.getScript(key);
  const edits = changesIn(changed, script);
  if (edits.length === 0) return ports.say('no sentence was changed');
  await ports.putScript(key, withEdits(script, edits));
  const changes = edits.length === 1 ? '1 sentence' : `${edits.length} sentences`;
  ports.say(`${changes} of ${job_id} changed; APPROVE=1 continues`);
}

const words = {
  approve: 'approved; it continues as soon as the day has room',
  reject: 'rejected, and its chapter is blocked',
  retry: 'released; the next run makes its chapter again',
};

/** Starts the execution that carries out a verdict. */
export async function decideHeld(job_id: JobId, verdict: HeldVerdict, ports: HeldPorts): Promise<void> {
  await startHeldReview(job_id, verdict, ports.start);
  ports.say(`${job_id} is ${words[verdict.verdict]}. If somebody decided before, you get a message`);
}
