import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { youtubeApi } from './api.ts';
import { forOperator, YouTubeApiError } from './api-error.ts';
import type { YouTubePorts, YouTubeSettings } from './ports.ts';
import { retryCall } from './retry-call.ts';

const attempts = 5;
/** Fields of a status that videos.update accepts; it resets a field that is not sent back. */
const Status = z.object({
  privacyStatus: z.string(),
  license: z.string().optional(),
  embeddable: z.boolean().optional(),
  publicStatsViewable: z.boolean().optional(),
  selfDeclaredMadeForKids: z.boolean().optional(),
  containsSyntheticMedia: z.boolean().optional(),
  publishAt: z.string().optional(),
});
const Videos = z.object({ items: z.array(z.object({ status: Status })).default([]) });

type Ports = Pick<YouTubePorts, 'credentials' | 'ledger' | 'now' | 'wait' | 'log' | 'signal'>;

/** Returns the id in an address that the publisher returned. */
export const videoIdOf = (url: string): string | undefined =>
  /^https:\/\/www\.youtube\.com\/watch\?v=([\w-]+)$/.exec(url)?.[1];

/**
 * Makes a video private permanently: a scheduled publication is cancelled. It stays on the channel, with its views and
 * comments, in case the owner of the rights agrees later. Returns false if the video does not exist.
 */
export async function makePrivate(
  videoId: string,
  settings: YouTubeSettings,
  ports: Ports,
): Promise<boolean> {
  const token = accessToken(ports.credentials, settings.tokenEndpoint);
  const api = youtubeApi('job-takedown', token, settings, ports);
  try {
    const query = { part: 'status', id: videoId };
    const found = await retryCall(() => api.call('videos.list', 'videos', { query }), { attempts }, ports);
    const status = Videos.parse(found.body).items[0]?.status;
    if (!status) return false;
    const { publishAt, ...kept } = status;
    if (status.privacyStatus === 'private' && publishAt === undefined) return true;
    const makeIt = () =>
      api.call('videos.update', 'videos', {
        method: 'PUT',
        query: { part: 'status' },
        headers: { 'content-type': 'application/json; charset=UTF-8' },
        body: JSON.stringify({ id: videoId, status: { ...kept, privacyStatus: 'private' } }),
      });
    await retryCall(makeIt, { attempts }, ports);
    return true;
  } catch (error) {
    throw error instanceof YouTubeApiError ? forOperator(error) : error;
  }
}
