import { ConfigurationError } from '../../../domain/errors.ts';
import type { VideoMetadata } from '../../../domain/publication.ts';
import { nextTimeOfDay } from '../../../domain/time-of-day.ts';
import { fitTags } from '../../../domain/video-metadata.ts';
import type { YouTubePorts, YouTubeSettings } from './ports.ts';

const hourMs = 3_600_000;

const isScheduled = ({ publishAt, publishAfterHours }: YouTubeSettings): boolean =>
  publishAt !== undefined || publishAfterHours > 0;

/** Returns who can see the playlist of a video: with scheduled ones everybody, who sees in it what is public by now. */
export const playlistPrivacy = (settings: YouTubeSettings): YouTubeSettings['privacy'] =>
  isScheduled(settings) ? 'public' : settings.privacy;

/** Throws ConfigurationError for a scheduled video that is not private: YouTube does not allow it (videos resource). */
export function checkSchedule(settings: YouTubeSettings): void {
  const { privacy, publishAt } = settings;
  if (privacy === 'private' || !isScheduled(settings)) return;
  const off = publishAt ? 'leave out youtubePublishAt' : 'youtubePublishAfterHours to 0';
  throw new ConfigurationError(
    `A video that is ${privacy} can't be published later: set youtubePrivacy to private, or ${off}`,
  );
}

/** Time for YouTube to process a video before it becomes public, in ms. */
const leadMs = hourMs;

/** Between two videos of a series that become public one after the other, in ms: YouTube shows minutes. */
const apartMs = 60_000;

/**
 * Returns when a video becomes public that is uploaded now; undefined if nothing is scheduled. It is later than those of its series that
 * are scheduled, whatever their settings were.
 * @param onYouTube returns the latest time of the series that YouTube has, which can be one that was never reserved
 */
export async function publicationTime(
  settings: YouTubeSettings,
  { now, reserveTime }: Pick<YouTubePorts, 'now' | 'reserveTime'>,
  onYouTube: () => Promise<Date | undefined>,
): Promise<Date | undefined> {
  const { privacy, publishAt, publishAfterHours } = settings;
  if (privacy !== 'public' && !isScheduled(settings)) return undefined;
  const start = now().getTime();
  const known = (await onYouTube())?.getTime() ?? 0;
  return reserveTime((taken) => {
    const latest = Math.max(known, taken?.getTime() ?? 0);
    if (publishAt) return nextTimeOfDay(publishAt, new Date(Math.max(start + leadMs, latest)));
    if (publishAfterHours === 0 && latest <= start) return undefined;
    return new Date(Math.max(start + publishAfterHours * hourMs, latest + apartMs));
  });
}

/**
 * Returns when the Short of a job becomes public: with its video, or soon if that is public by now; undefined if nothing is scheduled. It
 * reserves nothing, since the times of a series are those of its videos.
 */
export async function publicationTimeOfShort(
  settings: YouTubeSettings,
  { now, timeOfVideo }: Pick<YouTubePorts, 'now' | 'timeOfVideo'>,
): Promise<Date | undefined> {
  const start = now().getTime();
  const ofVideo = await timeOfVideo();
  if (!ofVideo || ofVideo.getTime() > start) return ofVideo;
  // Without a schedule the setting of the privacy decides, which can be another one than when the video was uploaded.
  return isScheduled(settings) ? new Date(start + leadMs) : undefined;
}

/**
 * Returns the body of videos.insert. Privacy is always included, since YouTube's default is public, and is private until `publishAt`. `tag` is the first of the
 * tags: it finds the video again if the response was lost.
 */
export function videoResource(
  tag: string,
  metadata: VideoMetadata,
  settings: YouTubeSettings,
  publishAt?: Date,
) {
  const { title, description, tags, language } = metadata;
  return {
    snippet: {
      title,
      description,
      tags: fitTags([tag, ...tags]),
      categoryId: settings.categoryId,
      defaultLanguage: language,
      defaultAudioLanguage: language,
    },
    status: {
      privacyStatus: publishAt ? 'private' : settings.privacy,
      selfDeclaredMadeForKids: settings.madeForKids,
      containsSyntheticMedia: settings.syntheticMedia,
      ...(publishAt && { publishAt: publishAt.toISOString() }),
    },
  };
}
