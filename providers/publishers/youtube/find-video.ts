import * as z from 'zod';
import { JobId } from '../../../domain/job.ts';
import type { YouTubeApi } from './api.ts';
import type { OwnChannel } from './own-channel.ts';

/** Returns the channel; the answer is kept. */
type FindChannel = () => Promise<OwnChannel | undefined>;

const Uploads = z.object({
  items: z.array(z.object({ contentDetails: z.object({ videoId: z.string() }) })).default([]),
});
const Video = z.object({
  id: z.string(),
  snippet: z.object({ tags: z.array(z.string()).default([]) }),
  status: z.object({ publishAt: z.iso.datetime({ offset: true }).optional() }).default({}),
});
const Videos = z.object({ items: z.array(Video).default([]) });

/** Returns the channel's latest 50 uploads, with their tags and when those that are scheduled become public. Costs two units. */
async function latestUploads(api: YouTubeApi, channel: FindChannel): Promise<z.infer<typeof Video>[]> {
  const own = await channel();
  if (!own) return [];
  const latest = await api.call('playlistItems.list', 'playlistItems', {
    query: { part: 'contentDetails', playlistId: own.uploads, maxResults: '50' },
  });
  const ids = Uploads.parse(latest.body).items.map(({ contentDetails }) => contentDetails.videoId);
  if (ids.length === 0) return [];
  const query = { part: 'snippet,status', id: ids.join(',') };
  return Videos.parse((await api.call('videos.list', 'videos', { query })).body).items;
}

/** Finds a video whose upload ended without a response: among the channel's latest uploads, by its tag of the job. */
export async function findVideo(
  api: YouTubeApi,
  channel: FindChannel,
  tag: string,
): Promise<string | undefined> {
  return (await latestUploads(api, channel)).find(({ snippet }) => snippet.tags.includes(tag))?.id;
}

/**
 * Returns the latest time at which one of the channel's latest uploads becomes public whose job `isMeant`, as YouTube has it now: a person
 * can have changed it in YouTube Studio.
 */
export async function latestScheduled(
  api: YouTubeApi,
  channel: FindChannel,
  isMeant: (jobId: JobId) => Promise<boolean>,
): Promise<Date | undefined> {
  const scheduled = (await latestUploads(api, channel))
    .flatMap(({ snippet: { tags }, status: { publishAt } }) =>
      publishAt === undefined ? [] : [{ tags, at: new Date(publishAt) }],
    )
    .sort((one, other) => other.at.getTime() - one.at.getTime());
  for (const { tags, at } of scheduled)
    for (const tag of tags) {
      const { data } = JobId.safeParse(tag);
      if (data !== undefined && (await isMeant(data))) return at;
    }
  return undefined;
}
