import { environmentForChannel } from '../../../config/channels.ts';
import { environmentForSeries } from '../../../config/settings/series.ts';
import { channelOf } from '../../../domain/channel.ts';
import type { Job } from '../../../domain/job.ts';
import type { HandleErrorPorts } from '../handle-error.ts';
import {
  channels,
  chapters,
  common,
  env,
  jobs,
  log,
  runs,
  seriesFilesOf,
  takeBackNotes,
  told,
} from './stage.ts';

/** Returns whether the later chapters of a failed job's series wait; they do if its settings can't be used. */
async function seriesWaits(job: Job): Promise<boolean> {
  try {
    const its = environmentForChannel(env, channelOf(job));
    return environmentForSeries(its, await seriesFilesOf(job)).SERIES_ORDER === 'strict';
  } catch (error) {
    log({ level: 'WARN', event: 'series_settings_unusable', job_id: job.job_id, error: String(error) });
    return true;
  }
}

export const failurePorts: HandleErrorPorts = {
  ...common,
  ...told,
  attemptsOf: async (job) => ({
    attempts: env.CHAPTER_ATTEMPTS,
    retryHours: env.CHAPTER_RETRY_HOURS,
    seriesWaits: await seriesWaits(job),
  }),
  refusedSince: async (channel) =>
    (await channels.find(({ name }) => name === channel)?.ledger.refusal())?.since,
  takeBackNotes,
  countFailure: runs.addFailed,
  async markJobFailed(jobId, failure) {
    // The flow has given the job up, so a late report of its redrive must not continue it.
    await jobs.update(jobId, { status: 'failed', stopped_while: null, ...failure });
    return true;
  },
  markChapterFailed: async (id, jobId) =>
    (await chapters.markFailed(id, jobId, env.CHAPTER_RETRY_HOURS)) || !(await chapters.isHeldBy(id, jobId)),
};
