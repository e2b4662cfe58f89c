import { quotaDay } from './quota-day.ts';

/** `uploads` counts calls of videos.insert; every other call takes its `units` from one common allowance. */
export type QuotaBucket = 'uploads' | 'units';

/** Allowances of a project for a day: YouTube's default, unless Google granted more (determine_quota_cost). */
export interface QuotaAllowance {
  uploads: number;
  units: number;
}

/** Used part of a day's allowances. */
export interface QuotaSpent extends QuotaAllowance {
  /** YouTube's own reason to accept no more that day: it also knows about other users of the quota, and the channel. */
  closed?: string | undefined;
}

/** A call to record. */
export interface QuotaEntry {
  /** Quota day, `YYYY-MM-DD`. */
  day: string;
  bucket: QuotaBucket;
  cost: number;
  /** Identifies the call within the day: an existing entry is not written again. */
  call: string;
  /** Limit of the bucket. */
  allowance: number;
}

export const defaultAllowance: QuotaAllowance = { uploads: 100, units: 10_000 };

/** Cost of every call of the publisher (determine_quota_cost, revision of 2026-06-01). Failed calls cost the same. */
export const callCosts = {
  'videos.insert': { bucket: 'uploads', cost: 1 },
  'videos.list': { bucket: 'units', cost: 1 },
  'videos.update': { bucket: 'units', cost: 50 },
  'channels.list': { bucket: 'units', cost: 1 },
  'playlists.list': { bucket: 'units', cost: 1 },
  'playlists.insert': { bucket: 'units', cost: 50 },
  'playlistItems.list': { bucket: 'units', cost: 1 },
  'playlistItems.insert': { bucket: 'units', cost: 50 },
  'thumbnails.set': { bucket: 'units', cost: 50 },
  'captions.insert': { bucket: 'units', cost: 400 },
} as const satisfies Record<string, { bucket: QuotaBucket; cost: number }>;
export type YouTubeCall = keyof typeof callCosts;

/** Returns the quota day of an instant, in Los Angeles with daylight saving time. */
export const youtubeDay = (now: Date) => quotaDay(now, 'America/Los_Angeles');

/**
 * Returns the most that one chapter can need: what is scheduled, the video, thumbnail and captions, and a playlist that has to be created.
 */
export function forecast({ captions, playlist }: { captions: boolean; playlist: boolean }): QuotaAllowance {
  const calls: YouTubeCall[] = [
    ...(['channels.list', 'playlistItems.list', 'videos.list'] as const),
    ...(['videos.insert', 'thumbnails.set'] as const),
  ];
  if (captions) calls.push('captions.insert');
  if (playlist)
    calls.push('playlists.list', 'playlists.insert', 'playlistItems.list', 'playlistItems.insert');
  const needed: QuotaAllowance = { uploads: 0, units: 0 };
  for (const call of calls) needed[callCosts[call].bucket] += callCosts[call].cost;
  return needed;
}

/** Part of a day's units that changed thumbnails of earlier videos can take. */
const shareOfChanges = 0.1;

/** Returns how many thumbnails of earlier videos can be changed in a day, or with the units that are left of it, if those are fewer. */
export const mostThumbnailChanges = (unitsOfDay: number, left = unitsOfDay): number =>
  Math.floor(Math.min(left, unitsOfDay * shareOfChanges) / callCosts['thumbnails.set'].cost);

/** Videos that a channel would still publish, and what its Google project has for them. */
interface Wanted {
  videos: number;
  /** The channel that owns the project. */
  project: string;
  /** Largest need of one of them. */
  needed: QuotaAllowance;
  spent: QuotaSpent;
  allowance: QuotaAllowance;
}

/** Returns how many videos of all channels YouTube's allowances have room for. */
export function videosLeft(channels: readonly Wanted[]): number {
  const used = new Map<string, QuotaAllowance>();
  let count = 0;
  for (const { videos, project, needed, spent, allowance } of channels) {
    const taken = used.get(project) ?? { uploads: 0, units: 0 };
    const room = (bucket: QuotaBucket) =>
      Math.floor((allowance[bucket] - spent[bucket] - taken[bucket]) / needed[bucket]);
    const more = spent.closed ? 0 : Math.max(0, Math.min(videos, room('uploads'), room('units')));
    const { uploads, units } = needed;
    used.set(project, { uploads: taken.uploads + more * uploads, units: taken.units + more * units });
    count += more;
  }
  return count;
}

/** Returns why a day has no room for the forecast, in words; undefined if it has room. */
export function shortage(
  spent: QuotaSpent,
  needed: QuotaAllowance,
  allowance: QuotaAllowance,
): string | undefined {
  if (spent.closed) return `YouTube reports: ${spent.closed}`;
  if (spent.uploads + needed.uploads > allowance.uploads)
    return `${spent.uploads} of ${allowance.uploads} uploads are used`;
  if (spent.units + needed.units > allowance.units)
    return `${spent.units} of ${allowance.units} units are used, and this video takes up to ${needed.units}`;
  return undefined;
}
