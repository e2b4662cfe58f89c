import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from '../../domain/job.ts';
import { duration } from '../terminal/duration.ts';
import { printable } from '../terminal/printable.ts';
import type { Execution } from './executions.ts';

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Time of a run, and whether it continued an earlier one, whose time it does not know. */
interface Took {
  seconds: number;
  isContinued: boolean;
}

/** Returns what a run made, in a few lines; the path of the video follows. */
export function outcomeText(job: Job, { seconds, isContinued }: Took, out: string): string {
  const { manga_title, page_count = 0, segment_count = 0, video_seconds = 0, youtube_url = '' } = job;
  const took = isContinued ? `finished by this run in ${duration(seconds)}` : `made in ${duration(seconds)}`;
  const where = youtube_url.startsWith('file:') ? 'a folder of this machine' : youtube_url;
  return [
    `published: ${printable(manga_title ?? job.chapter_id ?? job.job_id)}, to ${where}`,
    `made of: ${counted(page_count, 'page')}, ${counted(segment_count, 'spoken part')}; ${duration(video_seconds)} long, ${took}`,
    `beside it: captions, thumbnail and metadata.json in ${join(out, job.job_id)}`,
    ...shortLines(job),
    'more: VERBOSE=1 prints the states and the job; AGAIN=1 publishes it again; make dev shows it in a browser',
  ].join('\n');
}

function shortLines({ short_url, short_missing }: Job): string[] {
  if (short_url) return [`Short: ${short_url.startsWith('file:') ? fileURLToPath(short_url) : short_url}`];
  return short_missing ? [`no Short: ${short_missing}`] : [];
}

/** Returns why no video was made, in one line that names the chapter's file. */
export function reasonOf(
  chapter: string,
  { cause, status }: Execution,
  job: Job | undefined,
  stateDirectory: string,
): string {
  const log = join(relative('', stateDirectory), 'demo.log');
  const reason =
    job?.error_message ??
    cause ??
    (job
      ? `the execution ended ${status}, and its job is ${job.status}; ${log} says more`
      : `the pipeline did not take this chapter; ${log} says why`);
  const line = printable(reason.split('\n', 1).join('').trim());
  return line.includes(basename(chapter)) ? line : `${basename(chapter)}: ${line}`;
}
