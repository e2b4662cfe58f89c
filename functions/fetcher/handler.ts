import { randomUUID } from 'node:crypto';
import { artifactStore } from '../../aws/artifact-store.ts';
import { bucketLibrary } from '../../aws/bucket-library.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { jobStore } from '../../aws/job-store.ts';
import { libraryPrefix } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import { createChapterSource } from '../../providers/chapters/index.ts';
import { normalisePage, pageSizeOf } from '../../providers/chapters/normalise-page.ts';
import { environmentOf } from '../manifest.ts';
import { throttledProgress } from '../progress.ts';
import { run } from './fetcher.ts';

const env = environmentOf('fetcher');
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const source = createChapterSource(env.CHAPTER_SOURCE, {
  library: env.LIBRARY,
  bucketFiles: () => bucketLibrary(artifacts, libraryPrefix),
});

export const handler = (event: unknown) =>
  run(event, {
    source,
    newJobId: () => `job-${randomUUID()}`,
    findJob: jobs.get,
    updateJob: jobs.update,
    reportProgress: throttledProgress(jobs.reportProgress),
    claim: (chapterId, jobId) => chapters.claim(chapterId, jobId, { attempts: env.CHAPTER_ATTEMPTS }),
    normalisePage,
    findChapter: (key) => artifacts.findJson(key, Chapter),
    findPage: async (key) =>
      (await artifacts.exists(key)) ? pageSizeOf(await artifacts.getBytes(key)) : undefined,
    putPage: (key, jpeg) => artifacts.putBytes(key, jpeg, 'image/jpeg'),
    putChapter: artifacts.putJson,
    now: () => new Date(),
  });
