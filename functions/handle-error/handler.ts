import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { jobStore } from '../../aws/job-store.ts';
import { notifier } from '../../aws/notifier.ts';
import { environmentOf } from '../manifest.ts';
import { run } from './handle-error.ts';

const env = environmentOf('handle-error');
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const topic = env.ERROR_NOTIFICATION_TOPIC_ARN;

export const handler = (event: unknown) =>
  run(event, {
    now: () => new Date(),
    findJob: jobs.get,
    markJobFailed: (jobId, failure) => jobs.update(jobId, { status: 'failed', ...failure }),
    releaseChapter: (chapterId, jobId) => chapters.markFailed(chapterId, jobId, env.CHAPTER_RETRY_HOURS),
    log: (line) => console.error(JSON.stringify(line)),
    notify: topic === undefined ? undefined : notifier(topic).notify,
  });
