import { channelVideosPrefix, videoKey } from '../domain/artifacts.ts';
import { mainChannel } from '../domain/channel.ts';
import { ArtifactInvalid } from '../domain/errors.ts';
import type { JobId } from '../domain/job.ts';
import { PublishedVideo } from '../domain/likeness/appearance.ts';
import type { ArtifactStore } from './artifact-store.ts';

/**
 * The published videos of a channel: one small object for each, whose key sorts by time. Each has one writer, and a repeated
 * one replaces itself.
 */
export function publishedVideos(
  { list, findJson, putJson }: Pick<ArtifactStore, 'list' | 'findJson' | 'putJson'>,
  channel = mainChannel,
) {
  const prefix = channelVideosPrefix(channel);

  async function latestKeys(most: number, jobId: JobId): Promise<string[]> {
    const keys: string[] = [];
    if (most === 0) return keys;
    for await (const { key } of list(prefix)) {
      // The records of the other channels follow those of the first one.
      if (key.includes('/', prefix.length)) break;
      if (key.endsWith(`-${jobId}.json`)) continue;
      keys.push(key);
      if (keys.length === most) break;
    }
    return keys;
  }

  return {
    /**
     * Returns the latest videos, except the job's, the newest first: one listing and a request for each. `unreadable` are the keys
     * of records of another version.
     */
    async latest(most: number, jobId: JobId): Promise<{ videos: PublishedVideo[]; unreadable: string[] }> {
      const unreadable: string[] = [];
      const find = (key: string) =>
        findJson(key, PublishedVideo).catch((error: unknown) => {
          if (!(error instanceof ArtifactInvalid)) throw error;
          unreadable.push(key);
          return undefined;
        });
      const found = await Promise.all((await latestKeys(most, jobId)).map(find));
      return { videos: found.flatMap((video) => video ?? []), unreadable };
    },

    put: (video: PublishedVideo): Promise<void> =>
      putJson(videoKey(channel, video.published_at, video.job_id), video),
  };
}
