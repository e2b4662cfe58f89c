import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { notifier } from '../../aws/notifier.ts';
import { latestQuotaDays } from '../../domain/quota-day.ts';
import { logLine } from '../lambda.ts';
import { environmentOf } from '../manifest.ts';
import { run } from './handle-error.ts';

const env = environmentOf('handle-error');
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);
const topic = env.ERROR_NOTIFICATION_TOPIC_ARN;

export const handler = (event: unknown) =>
  run(event, {
    now: () => new Date(),
    runbookUrl: env.RUNBOOK_URL,
    findJob: jobs.get,
    markJobFailed: (jobId, failure) => jobs.update(jobId, { status: 'failed', ...failure }),
    releaseSlot: async (jobId, day) => {
      const days = day === undefined ? latestQuotaDays(new Date(), env.QUOTA_TIMEZONE) : [day];
      for (const one of days) await counter.releaseSlot(one, jobId);
    },
    markChapterFailed: async (id, jobId) =>
      (await chapters.markFailed(id, jobId, env.CHAPTER_RETRY_HOURS)) ||
      !(await chapters.isHeldBy(id, jobId)),
    releaseChapter: async (id, jobId) =>
      (await chapters.release(id, jobId)) || !(await chapters.isHeldBy(id, jobId)),
    log: logLine,
    notify: topic === undefined ? undefined : notifier(topic).notify,
  });
