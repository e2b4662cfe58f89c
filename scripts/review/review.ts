import { join } from 'node:path';
import { artifactsOf } from '../../domain/artifacts.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { notesOf } from '../../domain/job-notes.ts';

export interface ReviewPorts {
  awaiting(): Promise<Job[]>;
  download(key: string, toFile: string): Promise<void>;
  /** Both return false when the task no longer waits for the verdict. */
  approve(reviewToken: string): Promise<boolean>;
  reject(reviewToken: string, reason: string): Promise<boolean>;
  say(line: string): void;
}

const minutes = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;

/** Lists the jobs that wait, one line each. */
export async function list(ports: ReviewPorts): Promise<void> {
  const jobs = await ports.awaiting();
  if (jobs.length === 0) ports.say('no video waits for a review');
  for (const { job_id, manga_title, chapter_id, video_seconds, updated_at, undrawn_letters } of jobs) {
    const length = video_seconds === undefined ? '' : `  ${minutes(video_seconds)}`;
    ports.say(`${job_id}  ${manga_title ?? ''} (${chapter_id ?? ''})${length}  since ${updated_at}`);
    if (undrawn_letters)
      ports.say(`  - letters without a font are missing in the pictures: ${undrawn_letters.join(' ')}`);
  }
  if (jobs.length > 0)
    ports.say(
      "make review JOB=job-… OPEN=1 fetches one; then APPROVE=1 publishes it, REJECT='why' releases its chapter",
    );
}

async function find(jobId: string, ports: ReviewPorts): Promise<Job & { review_token: string }> {
  const job = (await ports.awaiting()).find(({ job_id }) => job_id === jobId);
  if (!job?.review_token)
    throw new ConfigurationError(`${jobId} does not wait for a review; make review lists those that do`);
  return { ...job, review_token: job.review_token };
}

/** Prints the notes on a job, fetches the files to check into `folder`, and prints their paths. */
export async function open(jobId: string, folder: string, ports: ReviewPorts): Promise<void> {
  const job = await find(jobId, ports);
  const { job_id, short_seconds } = job;
  for (const note of notesOf(job)) ports.say(`  (${note})`);
  const { video, shortVideo, captions, thumbnail, script, shots, speech } = artifactsOf(job_id);
  for (const key of [
    video,
    ...(short_seconds ? [shortVideo] : []),
    captions,
    thumbnail(1),
    script,
    shots,
    speech,
  ]) {
    const file = join(folder, key.slice(key.lastIndexOf('/') + 1));
    await ports.download(key, file);
    ports.say(file);
  }
}

/** Publishes the video. */
export async function approve(jobId: string, ports: ReviewPorts): Promise<void> {
  const { job_id, review_token } = await find(jobId, ports);
  ports.say(verdict(job_id, 'approved, the upload starts', await ports.approve(review_token)));
}

/** Fails the job with the reason; its chapter is released. */
export async function reject(jobId: string, reason: string, ports: ReviewPorts): Promise<void> {
  const { job_id, review_token } = await find(jobId, ports);
  ports.say(verdict(job_id, `rejected: ${reason}`, await ports.reject(review_token, reason)));
}

const verdict = (jobId: string, words: string, waited: boolean) =>
  waited ? `${jobId} is ${words}` : `${jobId} was already decided, or its review timed out`;
