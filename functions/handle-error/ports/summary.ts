import { describeExecution, enteredStates } from '../../../aws/executions.ts';
import { allowanceOf } from '../../../config/channels.ts';
import { statusesAtWork } from '../../../domain/job.ts';
import { isUnfinished } from '../../../domain/ledger-entry.ts';
import { quotaDay } from '../../../domain/quota-day.ts';
import { youtubeDay } from '../../../domain/youtube-quota.ts';
import { type SummaryPorts, withRecord } from '../summary.ts';
import { channels, chapters, common, dayOf, env, jobs, type StageChannel, told } from './stage.ts';

/** Returns what YouTube accepts today; a folder accepts any number. */
async function publisherLeft({ name, ledger }: StageChannel): Promise<string | undefined> {
  if (env.PUBLISHER !== 'youtube') return undefined;
  const spent = await ledger.spent(youtubeDay(new Date()));
  const { uploads, units } = allowanceOf(env, name);
  const closed = (await ledger.refusal())?.reason ?? spent.closed;
  return [
    `${uploads - spent.uploads} of ${uploads} uploads and ${units - spent.units} of ${units} units of YouTube`,
    ...(closed === undefined ? [] : [`closed: ${closed}`]),
  ].join('; ');
}

async function* unfinishedChapters() {
  for await (const entry of chapters.all()) {
    const job = entry.status === 'claimed' ? await jobs.get(entry.job_id) : undefined;
    if (isUnfinished(entry, job !== undefined && statusesAtWork.has(job.status))) yield entry;
  }
}

export const summaryPorts: SummaryPorts = {
  ...common,
  quotaDay: (time) => quotaDay(time, env.QUOTA_TIMEZONE),
  describeExecution,
  enteredStates,
  unfinished: () => Array.fromAsync(unfinishedChapters()),
  attempts: env.CHAPTER_ATTEMPTS,
  async jobsOf(time) {
    const started = channels.map((one) => one.counter.startedOn(dayOf(one, time)));
    return withRecord([...new Set((await Promise.all(started)).flat())], jobs.get);
  },
  leftOn: (time) =>
    Promise.all(
      channels.map(async (one) => ({
        channel: one.name,
        quota: one.its.DAILY_QUOTA,
        count: await one.counter.count(dayOf(one, time)),
        publisher: await publisherLeft(one),
      })),
    ),
  ...told,
};
