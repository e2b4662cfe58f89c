/** Jobs with their objects in the bucket. */
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../../../config/settings/index.ts';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { channelFolder, channelOf } from '../../../domain/channel.ts';
import { Job, JobId } from '../../../domain/job.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import type { Listing } from '../listing.ts';
import { Refusal } from '../responses.ts';

/** A job as it is shown: whether it has a token, never the token; its channel if the stage has several. */
export type ShownJob = Omit<Job, 'task_token' | 'shard_tokens' | 'review_token'> & {
  awaits_review: boolean;
  /** Whether it is at work, waits for a person, or has ended. */
  phase: 'working' | 'waiting' | 'ended';
};

export const jobListing: Listing<ShownJob> = {
  fields: {
    title: ({ manga_title, chapter_id, job_id }) => manga_title ?? chapter_id ?? job_id,
    status: ({ status }) => status,
    channel: ({ channel }) => channel,
    phase: ({ phase }) => phase,
    progress: ({ progress }) => progress && progress.done / Math.max(1, progress.total),
    pages: ({ page_count }) => page_count,
    segments: ({ segment_count }) => segment_count,
    changed: ({ updated_at }) => updated_at,
  },
  text: (job) =>
    [job.manga_title, job.chapter_id, job.job_id, job.error_name, job.error_message, job.youtube_url].join(
      ' ',
    ),
  time: ({ updated_at }) => Date.parse(updated_at),
  choices: ['phase', 'status', 'channel'],
};

export interface ShownArtifact {
  /** Path below the job's prefix: `pages/001.jpg`. */
  path: string;
  size: number;
  modified: string;
}

export interface JobDetails {
  job: ShownJob;
  artifacts: ShownArtifact[];
  /** Files of the folder publisher, which remain after the artifacts are deleted. */
  published: ShownArtifact[];
}

/** Files that the folder publisher writes for a job. */
const publishedFiles = [
  'video.mp4',
  'video-9x16.mp4',
  'short.mp4',
  'captions.vi.srt',
  'captions.vi.vtt',
  'thumbnail.jpg',
  'thumbnail-2.jpg',
  'thumbnail-3.jpg',
  'metadata.json',
  'shots.json',
] as const;

export function jobsModel(
  cloud: ShownCloud,
  access: CloudAccess,
  { publisherFolder, channels }: Pick<Config, 'publisherFolder' | 'channels'>,
) {
  const { jobsTable } = cloud.resources;
  const folder = resolve(publisherFolder);
  const fileOf = (job: Job, name: string) => join(channelFolder(folder, channelOf(job)), job.job_id, name);
  const hasChannels = Object.keys(channels).length > 0;
  const shown = (job: Job) => ({ ...shownJob(job), ...(hasChannels && { channel: channelOf(job) }) });

  async function find(jobId: string): Promise<Job | undefined> {
    const item = await access.item(jobsTable, { job_id: JobId.parse(jobId) });
    return item && Job.parse(item);
  }

  async function published(job: Job): Promise<ShownArtifact[]> {
    const files = publishedFiles.map(async (path) => {
      const found = await stat(fileOf(job, path)).catch(() => undefined);
      return found ? [{ path, size: found.size, modified: found.mtime.toISOString() }] : [];
    });
    return (await Promise.all(files)).flat();
  }

  return {
    find,

    /** Throws Refusal when the job does not exist. */
    async named(jobId = ''): Promise<Job> {
      const job = await find(jobId);
      if (!job) throw new Refusal(404, `The job ${jobId} does not exist`);
      return job;
    },

    /** Newest first. */
    async list(): Promise<ShownJob[]> {
      const items = await access.scan(jobsTable);
      const jobs = items.flatMap((item) => {
        const job = Job.safeParse(item);
        return job.success ? [shown(job.data)] : [];
      });
      return jobs.sort((one, other) =>
        (other.created_at ?? other.updated_at).localeCompare(one.created_at ?? one.updated_at),
      );
    },

    async details(jobId: string): Promise<JobDetails | undefined> {
      const job = await find(jobId);
      if (!job) return undefined;
      const { root } = artifactsOf(job.job_id);
      const [objects, files] = await Promise.all([access.objects(root), published(job)]);
      return {
        job: shown(job),
        artifacts: objects.map(({ key, ...object }) => ({ path: key.slice(root.length), ...object })),
        published: files,
      };
    },

    /** Returns the path of a published file on this machine, for the names that the folder publisher writes. */
    async publishedFile(jobId: string, name: string): Promise<string | undefined> {
      const job = publishedFiles.some((known) => known === name) ? await find(jobId) : undefined;
      return job && fileOf(job, name);
    },

    /** Converts captions for browsers: WebVTT is SubRip with a header and points in its times. */
    async captions(jobId: string): Promise<string | undefined> {
      const stored = await access.object(artifactsOf(JobId.parse(jobId)).captions);
      if (stored.ok) return asWebVtt(await stored.text());
      const job = await find(jobId);
      const srt = job && (await readFile(fileOf(job, 'captions.vi.srt'), 'utf8').catch(() => undefined));
      return srt === undefined ? undefined : asWebVtt(srt);
    },
  };
}
export type JobsModel = ReturnType<typeof jobsModel>;

function shownJob({ task_token: _task, shard_tokens: _shards, review_token, ...job }: Job): ShownJob {
  const { status } = job;
  const waits = status === 'awaiting_review' || status === 'needs_review';
  const ended = status === 'published' || status === 'failed';
  return {
    ...job,
    awaits_review: review_token !== undefined && status === 'awaiting_review',
    phase: waits ? 'waiting' : ended ? 'ended' : 'working',
  };
}

function asWebVtt(srt: string): string {
  const times = /(\d\d:\d\d:\d\d),(\d{3})/g;
  return `WEBVTT\n\n${srt
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(times, '$1.$2')}`;
}
