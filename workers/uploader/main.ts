import { artifactStore } from '../../aws/artifact-store.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { jobStore } from '../../aws/job-store.ts';
import { secretValue } from '../../aws/secret-value.ts';
import { Chapter } from '../../domain/chapter.ts';
import { Publication } from '../../domain/publication.ts';
import { Script } from '../../domain/script.ts';
import { Shots } from '../../domain/shots.ts';
import { Speech } from '../../domain/speech.ts';
import { createPublisher } from '../../providers/publishers/index.ts';
import { startWorker } from '../start.ts';
import { publishVideo } from './publish-video.ts';
import { youtubeOf } from './youtube.ts';

await startWorker('uploader', 'UploadError', ({ jobId, env, folder, signal }) => {
  const artifacts = artifactStore(env.S3_BUCKET);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
  return publishVideo(jobId, folder, {
    getChapter: (key) => artifacts.getJson(key, Chapter),
    findScript: (key) => artifacts.findJson(key, Script),
    findSpeech: (key) => artifacts.findJson(key, Speech),
    findShots: (key) => artifacts.findJson(key, Shots),
    findPublication: (key) => artifacts.findJson(key, Publication),
    putPublication: artifacts.putJson,
    download: artifacts.download,
    exists: artifacts.exists,
    publisher: createPublisher(env.PUBLISHER, {
      folder: env.PUBLISHER_FOLDER,
      youtube: () => youtubeOf(env, jobId, () => secretValue(env.YOUTUBE_SECRET, 'youtube'), signal),
    }),
    holdsChapter: chapters.isHeldBy,
    markChapterPublished: chapters.markPublished,
    markJobPublished: (id, { url, published_at }) =>
      jobs.update(id, { status: 'published', youtube_url: url, published_at }),
    now: () => new Date(),
  });
});
