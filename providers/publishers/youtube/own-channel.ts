import * as z from 'zod';
import type { YouTubeChannel } from '../../../domain/youtube-channels.ts';
import type { YouTubeApi } from './api.ts';

const Channel = z.object({
  id: z.string(),
  snippet: z.object({ title: z.string() }),
  contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }),
});
const Channels = z.object({ items: z.array(Channel).default([]) });

export interface OwnChannel extends YouTubeChannel {
  /** The playlist of its uploads. */
  uploads: string;
}

/** Returns the channel that the consent is of; undefined if its account has none. Costs one unit. */
export async function ownChannel(api: Pick<YouTubeApi, 'call'>): Promise<OwnChannel | undefined> {
  const query = { part: 'id,snippet,contentDetails', mine: 'true' };
  const [found] = Channels.parse((await api.call('channels.list', 'channels', { query })).body).items;
  return (
    found && {
      ...{ id: found.id, title: found.snippet.title },
      uploads: found.contentDetails.relatedPlaylists.uploads,
    }
  );
}
