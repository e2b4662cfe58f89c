import { daysOfChange, trialDays } from './audience/trial.ts';
import { dayAfter, quotaDay } from './quota-day.ts';
import {
  callCosts,
  forecast,
  mostThumbnailChanges,
  type QuotaAllowance,
  type QuotaSpent,
} from './youtube-quota.ts';

/** A channel's plan for each day. */
export interface ChannelPlan {
  channel: string;
  /** The channel that owns the Google project, whose quota it uses. */
  project: string;
  dailyQuota: number;
  timezone: string;
  /** Slots of today that are taken. */
  slots: number;
  /** Jobs that are at work: their videos are still to be uploaded. */
  atWork: number;
  captions: boolean;
  playlist: boolean;
  /** Whether a video can have a Short: those of the channel, or of one of its series, as far as its settings are known. */
  shorts: boolean;
  /** Whether viewers choose between two thumbnails. */
  trials: boolean;
  /** When its videos went online and when scheduled ones become public, ISO 8601. */
  published: readonly string[];
  scheduled: readonly string[];
}

/** A quota day of a channel. */
export interface ComingDay {
  /** `YYYY-MM-DD` in the channel's time zone. */
  day: string;
  /** Videos that it still takes. */
  videos: number;
  /** Scheduled videos that become public on it. */
  publications: number;
  /** The most that these videos, today also those at work, their Shorts and changes of thumbnails need. Absent if videos go elsewhere than to YouTube. */
  youtube?: {
    needed: QuotaAllowance;
    /** Remaining allowance of the Google project after all of its channels; negative if the plan needs more. */
    left: QuotaAllowance;
  };
  warnings: string[];
}

interface Days {
  now: Date;
  count: number;
  /** Allowance of each project for a day, and its use today; undefined for another publisher. */
  projects: ReadonlyMap<string, { allowance: QuotaAllowance; spent: QuotaSpent }> | undefined;
}

/** Returns the coming days of each channel, today first. */
export function comingDays(
  plans: readonly ChannelPlan[],
  { now, count, projects }: Days,
): Map<string, ComingDay[]> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const needs = (plan: ChannelPlan, number: number) =>
    neededOn(plan, number, now, projects?.get(plan.project)?.allowance.units ?? 0);
  return new Map(
    plans.map((plan) => {
      const project = projects?.get(plan.project);
      const sharing = plans.filter((one) => one.project === plan.project);
      const days = numbers.map((number): ComingDay => {
        const day = dayAfter(quotaDay(now, plan.timezone), number);
        const videos = videosOn(plan, number);
        const publications = plan.scheduled.filter(
          (at) => Date.parse(at) > now.getTime() && quotaDay(new Date(at), plan.timezone) === day,
        ).length;
        if (!project) return { day, videos, publications, warnings: [] };
        const { allowance, spent } = project;
        const used = number === 0 ? spent : { uploads: 0, units: 0 };
        const all = sharing.map((one) => needs(one, number));
        const sum = (field: keyof QuotaAllowance) => all.reduce((total, one) => total + one[field], 0);
        const left = {
          uploads: allowance.uploads - used.uploads - sum('uploads'),
          units: allowance.units - used.units - sum('units'),
        };
        const warnings = [
          ...(number === 0 && spent.closed !== undefined ? [`closed: ${spent.closed}`] : []),
          ...(left.uploads < 0 ? [`${-left.uploads} uploads too many`] : []),
          ...(left.units < 0 ? [`${-left.units} units too many`] : []),
        ];
        return { day, videos, publications, youtube: { needed: needs(plan, number), left }, warnings };
      });
      return [plan.channel, days];
    }),
  );
}

const videosOn = ({ dailyQuota, slots }: ChannelPlan, number: number): number =>
  number === 0 ? Math.max(0, dailyQuota - slots) : dailyQuota;

/** Returns the most that a channel needs on a day. */
function neededOn(plan: ChannelPlan, number: number, now: Date, unitsOfProject: number): QuotaAllowance {
  const { captions, playlist, shorts, dailyQuota } = plan;
  const videos = videosOn(plan, number) + (number === 0 ? plan.atWork : 0);
  const video = forecast({ captions, playlist });
  // A Short leaves one upload to the next video, also after the last one.
  const uploads = videos * video.uploads * (shorts ? 2 : 1) + (shorts && videos > 0 ? 1 : 0);
  const since = now.getTime() + (number - trialDays) * 86_400_000;
  const shown =
    plan.published.filter((at) => Date.parse(at) >= since).length + Math.min(number, trialDays) * dailyQuota;
  const most = mostThumbnailChanges(unitsOfProject);
  const changes = plan.trials ? Math.min(most, Math.ceil(shown / daysOfChange)) : 0;
  return { uploads, units: videos * video.units + changes * callCosts['thumbnails.set'].cost };
}
