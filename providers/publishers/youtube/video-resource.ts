import { ConfigurationError } from '../../../domain/errors.ts';
import type { JobId } from '../../../domain/job.ts';
import type { VideoMetadata } from '../../../domain/publication.ts';
import { fitTags } from '../../../domain/video-metadata.ts';
import type { YouTubeSettings } from './ports.ts';

const hourMs = 3_600_000;

/** Throws ConfigurationError for a scheduled video that is not private: YouTube does not allow it (videos resource). */
export function checkSchedule({ privacy, publishAfterHours }: YouTubeSettings): void {
  if (publishAfterHours > 0 && privacy !== 'private')
    throw new ConfigurationError(
      `A video that is ${privacy} can't be published later: set youtubePrivacy to private, or youtubePublishAfterHours to 0`,
    );
}

/**
 * Returns the body of videos.insert. Privacy is always included, since YouTube's default is public. The id of the job is the
 * first tag: it finds the video again if the response was lost.
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
