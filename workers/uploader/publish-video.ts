import { basename, join } from 'node:path';
import { type Artifacts, artifactsOf, besideVideo } from '../../domain/artifacts.ts';
import type { Chapter } from '../../domain/chapter.ts';
import { chapterIdsOf } from '../../domain/chapter-parts.ts';
import { UploadError } from '../../domain/errors.ts';
import type { JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Script } from '../../domain/script.ts';
import type { Short } from '../../domain/short.ts';
import type { Shots } from '../../domain/shots.ts';
import type { Speech } from '../../domain/speech.ts';
import type { Thumbnails } from '../../domain/thumbnails.ts';
import { chapterList, pageStarts } from '../../domain/video-chapters.ts';
import { shortMetadata, type VideoFacts, videoMetadata } from '../../domain/video-metadata.ts';
import type { Publisher } from '../../providers/publishers/publisher.ts';
import { span } from '../../providers/tracing/span.ts';
import { type RecordPorts, recordVideo } from './record-video.ts';

export interface UploaderPorts extends RecordPorts {
  getChapter(key: string): Promise<Chapter>;
  findScript(key: string): Promise<Script | undefined>;
  findSpeech(key: string): Promise<Speech | undefined>;
  /** Returns what the thumbnails show; undefined for a video that was rendered before there were several. */
  findThumbnails(key: string): Promise<Thumbnails | undefined>;
  findShots(key: string): Promise<Pick<Shots, 'music_credit'> | undefined>;
  /** Returns the Short that the latest render of the job made. */
  findShort(jobId: JobId): Promise<Short | undefined>;
  findPublication(key: string): Promise<Publication | undefined>;
  putPublication(key: string, publication: Publication): Promise<void>;
  download(key: string, toFile: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Returns the bytes of a local file. */
  sizeOf(file: string): Promise<number>;
  publisher: Publisher;
  /** Whether Shorts are wanted now: one can be there from a render before that setting was changed. */
  shorts: boolean;
  /** Returns whether this job still holds the chapter. */
  holdsChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /**
   * Reserves the chapter for this job permanently, since its video could be online from now on; false if the job lost
   * it.
   */
  beginPublishing(chapterId: string, jobId: JobId): Promise<boolean>;
  markChapterPublished(chapterId: string, jobId: JobId, url: string): Promise<unknown>;
  markJobPublished(jobId: JobId, publication: Publication): Promise<void>;
  markShortPublished(chapterId: string, jobId: JobId, url: string): Promise<unknown>;
  /** Records why a job has no Short. */
  markShortMissing(jobId: JobId, reason: string): Promise<void>;
  /** Reports a failure that does not stop the job. */
  log: Log;
  /** Work after a publication on a channel with viewers; undefined for another publisher. */
  audience: AudiencePorts | undefined;
  signal: AbortSignal;
  now(): Date;
}

export interface AudiencePorts {
  /** Records what is needed to understand the audience of the published video. */
  record(publication: Publication, title: string): Promise<void>;
  /** Reviews the audience of the channel's latest videos, if no uploader has done it today. */
  review(): Promise<void>;
}

/** Optional data of earlier steps. */
async function factsOf(chapter: Chapter, artifacts: Artifacts, ports: UploaderPorts): Promise<VideoFacts> {
  const music = (await ports.findShots(artifacts.shots))?.music_credit;
  const script = await ports.findScript(artifacts.script);
  if (!script) return { music };
  const { presentation, narrator } = script;
  const speech = await ports.findSpeech(artifacts.speech);
  if (!speech) return { presentation, music, narrator };
  const { starts, duration } = pageStarts(script, speech);
  return { presentation, music, narrator, contents: chapterList(starts, duration, chapter.parts) };
}

/** Further files, if they exist: of the renderer, and who says what in which voice. */
async function extrasOf(artifacts: Artifacts, folder: string, ports: UploaderPorts) {
  const found: { name: string; file: string }[] = [];
  const [, ...others] = (await ports.findThumbnails(artifacts.thumbnails))?.thumbnails ?? [];
  for (const key of [...besideVideo(artifacts), ...others.map(({ key }) => key)]) {
    if (!(await ports.exists(key))) continue;
    const name = basename(key);
    await ports.download(key, join(folder, name));
    found.push({ name, file: join(folder, name) });
  }
  return found;
}

const notTheirs = (chapterId: string, jobId: JobId) =>
  new UploadError(`Chapter ${chapterId} no longer belongs to ${jobId}`);

/** Throws UploadError if the job no longer holds a chapter, as after a takedown. */
async function mustHold(jobId: JobId, chapter: Chapter, ports: UploaderPorts): Promise<void> {
  for (const id of chapterIdsOf(chapter))
    if (!(await ports.holdsChapter(id, jobId))) throw notTheirs(id, jobId);
}

/** Throws UploadError if a chapter was taken from the job, whose video must then not go online. */
async function keepChapters(jobId: JobId, chapter: Chapter, ports: UploaderPorts): Promise<void> {
  for (const id of chapterIdsOf(chapter))
    if (!(await ports.beginPublishing(id, jobId))) throw notTheirs(id, jobId);
}

/** Publishes the video, or what is missing on one that was published `earlier`. */
async function publish(
  jobId: JobId,
  folder: string,
  { chapter, earlier }: { chapter: Chapter; earlier: Publication | undefined },
  ports: UploaderPorts,
): Promise<Publication> {
  const artifacts = artifactsOf(jobId);
  const video = join(folder, 'video.mp4');
  const captions = join(folder, 'captions.srt');
  const thumbnail = join(folder, 'thumbnail.jpg');
  await span('download', async () => {
    await ports.download(artifacts.video, video);
    await ports.download(artifacts.captions, captions);
    await ports.download(artifacts.thumbnail(1), thumbnail);
  });
  const file = {
    jobId,
    video,
    captions,
    thumbnail,
    metadata: videoMetadata(chapter, await factsOf(chapter, artifacts, ports)),
    beforeOut: () => keepChapters(jobId, chapter, ports),
    extras: () => extrasOf(artifacts, folder, ports),
  };
  const { name } = ports.publisher;
  const {
    url,
    notes = [],
    remarks = [],
  } = await span('upload', () => ports.publisher.publish(file), {
    publisher: name,
  });
  const known = [...(earlier?.remarks ?? []), ...remarks];
  const published_at = earlier?.published_at ?? ports.now().toISOString();
  const publication = {
    ...{ job_id: jobId, publisher: ports.publisher.name, url, published_at },
    bytes: await ports.sizeOf(video),
    ...(earlier?.short && { short: earlier.short }),
    ...(notes.length > 0 && { notes }),
    ...(known.length > 0 && { remarks: known }),
  };
  await ports.putPublication(artifacts.publication, publication);
  return publication;
}

/**
 * Publishes a job's video, unless an earlier machine did; if something is missing on a published one, only that is
 * retried. Its chapters are marked right after the publication is recorded, so that no other job claims them. Returns the
 * specified result.
 */
export async function publishVideo(jobId: JobId, folder: string, ports: UploaderPorts) {
  const artifacts = artifactsOf(jobId);
  const chapter = await ports.getChapter(artifacts.chapter);
  let publication = await ports.findPublication(artifacts.publication);
  const chapters = chapterIdsOf(chapter);
  if (!publication) await mustHold(jobId, chapter, ports);
  if (!publication || publication.notes?.length)
    publication = await publish(jobId, folder, { chapter, earlier: publication }, ports);
  for (const id of chapters) await ports.markChapterPublished(id, jobId, publication.url);
  await recordVideo(chapter, publication, ports);
  await ports.markJobPublished(jobId, publication);
  await publishShort(jobId, folder, { chapter, publication }, ports);
  await followAudience(chapter, publication, ports);
  return { job_id: jobId, youtube_url: publication.url, status: 'completed' as const };
}

/**
 * Publishes the Short of a published video, if the renderer made one. The video counts without it, so a failure is recorded on the job
 * and stops nothing; a lost machine's work is continued by the next one.
 */
async function publishShort(
  jobId: JobId,
  folder: string,
  { chapter, publication }: { chapter: Chapter; publication: Publication },
  ports: UploaderPorts,
): Promise<void> {
  const artifacts = artifactsOf(jobId);
  try {
    const published = publication.short ?? (await send());
    if (!published) return;
    for (const id of chapterIdsOf(chapter)) await ports.markShortPublished(id, jobId, published.url);
    await ports.markJobPublished(jobId, { ...publication, short: published });
  } catch (error) {
    ports.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    ports.log({ level: 'WARN', event: 'short_not_published', reason });
    await ports.markShortMissing(jobId, reason);
  }

  async function send() {
    const content = ports.shorts ? await ports.findShort(jobId) : undefined;
    if (!content) return undefined;
    await mustHold(jobId, chapter, ports);
    const video = join(folder, 'short.mp4');
    await span('download', () => ports.download(artifacts.shortVideo, video));
    const facts = await factsOf(chapter, artifacts, ports);
    const { url } = await span('upload short', () =>
      ports.publisher.publishShort({
        jobId,
        video,
        metadata: shortMetadata(chapter, content, { ...facts, url: publication.url }),
        beforeOut: () => keepChapters(jobId, chapter, ports),
      }),
    );
    const published = { url, published_at: ports.now().toISOString(), bytes: await ports.sizeOf(video) };
    await ports.putPublication(artifacts.publication, { ...publication, short: published });
    return published;
  }
}

/**
 * Records the audience of the video, and reviews that of the latest ones, also if this one can't be recorded. The video counts without
 * it, so a failure stops nothing.
 */
async function followAudience(
  chapter: Chapter,
  publication: Publication,
  { audience, findScript, signal, log }: UploaderPorts,
): Promise<void> {
  if (!audience) return;
  await attempt('audience_not_recorded', async () => {
    const script = await findScript(artifactsOf(publication.job_id).script);
    const { title } = videoMetadata(chapter, { presentation: script?.presentation });
    await audience.record(publication, title);
  });
  await attempt('audience_not_reviewed', () => span('review audience', () => audience.review()));

  async function attempt(event: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      log({ level: 'WARN', event, reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
