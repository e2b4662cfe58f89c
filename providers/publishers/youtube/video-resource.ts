import { ConfigurationError } from '../../../domain/errors.ts';
import type { JobId } from '../../../domain/job.ts';
import type { VideoMetadata } from '../../../domain/publication.ts';
import { fitTags } from '../../../domain/video-metadata.ts';
import type { YouTubeSettings } from './ports.ts';

const hourMs = 3_600_000;

/** Throws ConfigurationError: YouTube takes a time of publication for private videos only (videos resource). */
export function checkSchedule({ privacy, publishAfterHours }: YouTubeSettings): void {
  if (publishAfterHours > 0 && privacy !== 'private')
    throw new ConfigurationError(
      `A video that is ${privacy} can't be published later: set youtubePrivacy to private, or youtubePublishAfterHours to 0`,
    );
}

/**
 * The body of videos.insert. Privacy is always said, since YouTube takes silence for public. The id of the job is the
 * first tag: by it the video is found again when nobody heard that it was finished.
 */
export function videoResource(jobId: JobId, metadata: VideoMetadata, settings: YouTubeSettings, now: Date) {
  checkSchedule(settings);
  const { title, description, tags, language } = metadata;
  const later = settings.publishAfterHours * hourMs;
  return {
    snippet: {
      title,
      description,
      tags: fitTags([jobId, ...tags]),
      categoryId: settings.categoryId,
      defaultLanguage: language,
      defaultAudioLanguage: language,
    },
    status: {
      privacyStatus: settings.privacy,
      selfDeclaredMadeForKids: settings.madeForKids,
      containsSyntheticMedia: settings.syntheticMedia,
      ...(later > 0 && { publishAt: new Date(now.getTime() + later).toISOString() }),
    },
  };
}
