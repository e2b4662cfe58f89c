import * as z from 'zod';
import { youtubeDay } from '../youtube-quota.ts';
import { DailyReach } from './reach.ts';

/** Thumbnails that are compared: the two best. */
const contenders = [1, 2] as const;
export const Contender = z.union([z.literal(1), z.literal(2)]);
export type Contender = z.infer<typeof Contender>;

/**
 * Days after which a trial without a result ends. They count from the first day on which YouTube showed the video, since one can be
 * private for weeks. Most impressions of a video come in its first weeks, and the reports of a day are made two days later.
 */
export const trialDays = 28;
/** Days from a change to the next: the day of a change is not counted, so a whole day is over on the second day after it. */
export const daysOfChange = 2;
/** Days from the publication until any trial ends: later its thumbnails, and YouTube's reports of its first days, are deleted. */
const longestDays = 56;
/** A video that was shown to no one for so many days is private or gone: changes of its thumbnail teach nothing. */
const unseenDays = 7;

/** A trial of the two best thumbnails of a published video. */
export const Trial = z.object({
  /** Thumbnails with the time from which each was shown, the oldest first. */
  shown: z
    .array(
      z.object({
        thumbnail: Contender,
        since: z.iso.datetime(),
        /** False until YouTube has confirmed it: another machine can't know whether it is shown. */
        confirmed: z.boolean(),
      }),
    )
    .min(1),
  /** YouTube's report for each day. */
  reach: z.array(DailyReach),
  /** The thumbnail that is kept, and why. */
  result: z.object({ thumbnail: Contender, reason: z.string(), decided_at: z.iso.datetime() }).optional(),
});
export type Trial = z.infer<typeof Trial>;

/** Returns the trial of a video that was just published, and whose first thumbnail YouTube has `confirmed`. */
export const newTrial = (publishedAt: string, confirmed = true): Trial => ({
  shown: [{ thumbnail: 1, since: publishedAt, confirmed }],
  reach: [],
});

const dayMs = 86_400_000;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / dayMs;

export interface Counted {
  impressions: number;
  clicks: number;
}

/**
 * Returns the impressions and clicks of each thumbnail, on days on which nothing else was shown: the report has one row for a day, so a
 * day with a change, confirmed or not, counts for neither.
 */
export function counted({ shown, reach }: Trial): Record<Contender, Counted> {
  const totals: Record<Contender, Counted> = {
    1: { impressions: 0, clicks: 0 },
    2: { impressions: 0, clicks: 0 },
  };
  const days = shown.map((change) => ({ ...change, day: youtubeDay(new Date(change.since)) }));
  for (const { day, impressions, clicks } of reach) {
    const before = days.findLast((change) => change.day <= day);
    if (!before?.confirmed || before.day === day) continue;
    const total = totals[before.thumbnail];
    total.impressions += impressions;
    total.clicks += clicks;
  }
  return totals;
}

export const clickRate = ({ impressions, clicks }: Counted): number =>
  impressions === 0 ? 0 : clicks / impressions;

const percentOf = (rate: number): string => `${(rate * 100).toFixed(2)} %`;

/** Next step of a trial. */
export type TrialStep =
  | { do: 'wait' }
  /** Shows the other thumbnail. */
  | { do: 'show'; thumbnail: Contender }
  /** Ends the trial: shows this thumbnail if another one is shown. */
  | { do: 'keep'; thumbnail: Contender; reason: string };

/**
 * Decides what a trial needs next. The thumbnails take turns of at least one whole day, while viewers are shown the video; the one with
 * the better click rate is kept once each has `enough` impressions, and the first one if that takes too long.
 */
export function nextStep(trial: Trial, publishedAt: string, enough: number, now: Date): TrialStep {
  const totals = counted(trial);
  const has = (thumbnail: Contender) => totals[thumbnail].impressions >= enough;
  const [first, second] = contenders;
  if (has(first) && has(second)) {
    const [one, two] = [clickRate(totals[first]), clickRate(totals[second])];
    const thumbnail = two > one ? second : first;
    const rates = `${percentOf(one)} of ${totals[first].impressions} impressions of the first one, ${percentOf(two)} of ${totals[second].impressions} of the second one`;
    return { do: 'keep', thumbnail, reason: `viewers clicked ${rates}` };
  }
  const today = youtubeDay(now);
  const seen = trial.reach.flatMap(({ day, impressions }) => (impressions > 0 ? [day] : [])).sort();
  const [firstSeen, lastSeen] = [seen[0], seen.at(-1)];
  const days = daysBetween(firstSeen ?? today, today);
  if (days >= trialDays || daysBetween(youtubeDay(new Date(publishedAt)), today) >= longestDays)
    return {
      do: 'keep',
      thumbnail: first,
      reason: `${totals[first].impressions} and ${totals[second].impressions} impressions in ${days} days are too few to compare; each needs ${enough}`,
    };
  if (lastSeen === undefined || daysBetween(lastSeen, today) > unseenDays) return { do: 'wait' };
  const last = trial.shown.at(-1) as Trial['shown'][number];
  if (!last.confirmed) return { do: 'show', thumbnail: last.thumbnail };
  if (daysBetween(youtubeDay(new Date(last.since)), today) < daysOfChange) return { do: 'wait' };
  const other = last.thumbnail === first ? second : first;
  return has(other) ? { do: 'wait' } : { do: 'show', thumbnail: other };
}
