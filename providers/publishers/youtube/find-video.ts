import * as z from 'zod';
import type { YouTubeApi } from './api.ts';

const Channels = z.object({
  items: z
    .array(z.object({ contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }) }))
    .default([]),
});
const Uploads = z.object({
  items: z.array(z.object({ contentDetails: z.object({ videoId: z.string() }) })).default([]),
});
const Videos = z.object({
  items: z
    .array(z.object({ id: z.string(), snippet: z.object({ tags: z.array(z.string()).default([]) }) }))
    .default([]),
});

/**
 * Finds a video whose upload ended without a response: among the channel's latest 50 uploads, by its tag of the job. Costs three units.
 */
export async function findVideo(api: YouTubeApi, tag: string): Promise<string | undefined> {
  const channels = await api.call('channels.list', 'channels', {
    query: { part: 'contentDetails', mine: 'true' },
  });
  const uploads = Channels.parse(channels.body).items[0]?.contentDetails.relatedPlaylists.uploads;
  if (!uploads) return undefined;
  const latest = await api.call('playlistItems.list', 'playlistItems', {
    query: { part: 'contentDetails', playlistId: uploads, maxResults: '50' },
  });
  const ids = Uploads.parse(latest.body).items.map(({ contentDetails }) => contentDetails.videoId);
  if (ids.length === 0) return undefined;
  const videos = await api.call('videos.list', 'videos', { query: { part: 'snippet', id: ids.join(',') } });
  return Videos.parse(videos.body).items.find(({ snippet }) => snippet.tags.includes(tag))?.id;
}
