/** What the machines of a load run do: the renderer's video is a few bytes, the uploader is the real one. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactStore } from '../../aws/artifact-store.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { jobStore } from '../../aws/job-store.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import type { JobId } from '../../domain/job.ts';
import { Publication } from '../../domain/publication.ts';
import { Script } from '../../domain/script.ts';
import { Speech } from '../../domain/speech.ts';
import type { WorkerTask } from '../../domain/worker-task.ts';
import { readVariables } from '../../functions/variables.ts';
import { folderPublisher } from '../../providers/publishers/folder.ts';
import { workers } from '../../workers/manifest.ts';
import { publishVideo, type UploaderPorts } from '../../workers/uploader/publish-video.ts';

/** Lets a machine die between two steps: before a port does what it is asked, or before anybody hears of it. */
export type Mortal = <Ports extends object>(ports: Ports) => Ports;

const videoBytes = 20_000;
const cue = '1\n00:00:00,000 --> 00:00:01,000\nA\n\n';

async function render(jobId: JobId, bucket: string, folder: string, mortal: Mortal) {
  const { video, captions, thumbnail } = artifactsOf(jobId);
  const { upload } = mortal(artifactStore(bucket));
  const parts = [
    [captions, cue],
    [thumbnail, Buffer.alloc(2_000)],
    [video, Buffer.alloc(videoBytes)],
  ] as const;
  for (const [key, content] of parts) {
    const file = join(folder, 'file');
    await writeFile(file, content);
    await upload(key, file, 'application/octet-stream');
  }
  return { job_id: jobId, status: 'completed' as const };
}

function publish(jobId: JobId, variables: Record<string, string>, folder: string, mortal: Mortal) {
  const env = readVariables('uploader', workers.uploader.environment, variables);
  const artifacts = artifactStore(env.S3_BUCKET);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
  const ports = mortal<Omit<UploaderPorts, 'publisher' | 'now'>>({
    getChapter: (key) => artifacts.getJson(key, Chapter),
    findScript: (key) => artifacts.findJson(key, Script),
    findSpeech: (key) => artifacts.findJson(key, Speech),
    findPublication: (key) => artifacts.findJson(key, Publication),
    putPublication: artifacts.putJson,
    download: artifacts.download,
    exists: artifacts.exists,
    holdsChapter: chapters.isHeldBy,
    markChapterPublished: chapters.markPublished,
    markJobPublished: (id, { url, published_at }) =>
      jobs.update(id, { status: 'published', youtube_url: url, published_at }),
  });
  const publisher = mortal(folderPublisher(env.PUBLISHER_FOLDER));
  return publishVideo(jobId, folder, { ...ports, publisher, now: () => new Date() });
}

export function work(
  { WORKER, JOB_ID }: WorkerTask,
  variables: Record<string, string>,
  folder: string,
  mortal: Mortal,
): Promise<unknown> {
  if (WORKER === 'uploader') return publish(JOB_ID, variables, folder, mortal);
  return render(JOB_ID, variables.S3_BUCKET ?? '', folder, mortal);
}
