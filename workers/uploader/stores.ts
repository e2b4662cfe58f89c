import { stat } from 'node:fs/promises';
import { artifactStore } from '../../aws/artifact-store.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { jobStore } from '../../aws/job-store.ts';
import { publishedVideos } from '../../aws/published-videos.ts';
import type { Environment } from '../../config/variables.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import { Likeness } from '../../domain/likeness.ts';
import { Publication } from '../../domain/publication.ts';
import { Script } from '../../domain/script.ts';
import { Short } from '../../domain/short.ts';
import { Shots } from '../../domain/shots.ts';
import { Speech } from '../../domain/speech.ts';
import { Thumbnails } from '../../domain/thumbnails.ts';
import type { UploaderPorts } from './publish-video.ts';

type Stores = Environment<'S3_BUCKET' | 'DYNAMODB_JOBS_TABLE' | 'DYNAMODB_CHAPTERS_TABLE'>;

/** The uploader's access to the pipeline's stores; after the signal it writes no artifact. `channel` is that of the job. */
export function storesOf(
  env: Stores,
  channel: string,
  signal: AbortSignal,
): Omit<UploaderPorts, 'publisher' | 'shorts' | 'audience' | 'now' | 'log'> {
  const artifacts = artifactStore(env.S3_BUCKET, signal);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
  return {
    getChapter: (key) => artifacts.getJson(key, Chapter),
    findScript: (key) => artifacts.findJson(key, Script),
    findLikeness: (key) => artifacts.findJson(key, Likeness),
    recordVideo: publishedVideos(artifacts, channel).put,
    findSpeech: (key) => artifacts.findJson(key, Speech),
    findThumbnails: (key) => artifacts.findJson(key, Thumbnails),
    findShots: (key) => artifacts.findJson(key, Shots),
    // One of an earlier render can be left in the bucket.
    findShort: async (id) =>
      (await jobs.get(id))?.short_seconds === undefined
        ? undefined
        : artifacts.findJson(artifactsOf(id).short, Short),
    findPublication: (key) => artifacts.findJson(key, Publication),
    putPublication: artifacts.putJson,
    download: artifacts.download,
    exists: artifacts.exists,
    sizeOf: async (file) => (await stat(file)).size,
    holdsChapter: chapters.isHeldBy,
    beginPublishing: (id, jobId) => chapters.beginPublishing(id, jobId, channel),
    markChapterPublished: chapters.markPublished,
    markShortPublished: chapters.markShortPublished,
    markShortMissing: (id, short_missing) => jobs.update(id, { short_missing }),
    signal,
    markJobPublished: (id, { url, published_at, publisher, bytes = 0, short, notes = [], remarks = [] }) =>
      jobs.update(id, {
        ...{ status: 'published', youtube_url: url, published_at },
        publication_notes: notes.length + remarks.length > 0 ? [...notes, ...remarks] : null,
        // An earlier machine could have had a reason to leave it out.
        ...(short && { short_url: short.url, short_missing: null }),
        // Only what leaves AWS is billed.
        ...(publisher !== 'folder' && { uploaded_bytes: bytes + (short?.bytes ?? 0) }),
      }),
  };
}
