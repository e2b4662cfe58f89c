import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { nearestName } from '../../../domain/nearest-name.ts';
import type { YouTubeApi } from './api.ts';
import { YouTubeApiError } from './api-error.ts';

/** Sets the video's thumbnail; setting it again changes nothing. */
export async function setThumbnail(api: YouTubeApi, videoId: string, path: string): Promise<void> {
  await api.call('thumbnails.set', 'thumbnails/set', {
    method: 'POST',
    upload: true,
    query: { videoId, uploadType: 'media' },
    headers: { 'content-type': 'image/jpeg' },
    body: await readFile(path),
  });
}

/** Adds the subtitles; a track of this language and name exists once, however often it is added. */
export async function addCaptions(
  api: YouTubeApi,
  videoId: string,
  path: string,
  language: string,
): Promise<void> {
  const boundary = 'captions-of-the-video';
  const snippet = { videoId, language, name: '', isDraft: false };
  const part = (type: string) => `--${boundary}\r\ncontent-type: ${type}\r\n\r\n`;
  const head = `${part('application/json; charset=UTF-8')}${JSON.stringify({ snippet })}\r\n${part('application/x-subrip')}`;
  try {
    await api.call('captions.insert', 'captions', {
      method: 'POST',
      upload: true,
      query: { part: 'snippet', uploadType: 'multipart' },
      headers: { 'content-type': `multipart/related; boundary=${boundary}` },
      body: Buffer.concat([Buffer.from(head), await readFile(path), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    });
  } catch (error) {
    if (error instanceof YouTubeApiError && error.reason === 'captionExists') return;
    throw error;
  }
}

const Playlists = z.object({
  nextPageToken: z.string().optional(),
  items: z.array(z.object({ id: z.string(), snippet: z.object({ title: z.string() }) })).default([]),
});
const Made = z.object({ id: z.string() });
const Items = z.object({ items: z.array(z.unknown()).default([]) });

/** Returns the id of the channel's playlist with a title, or the titles of those that it has. */
async function findPlaylist(api: YouTubeApi, title: string): Promise<{ id: string } | { titles: string[] }> {
  const titles: string[] = [];
  let pageToken = '';
  do {
    const { body } = await api.call('playlists.list', 'playlists', {
      query: { part: 'snippet', mine: 'true', maxResults: '50', ...(pageToken && { pageToken }) },
    });
    const page = Playlists.parse(body);
    const found = page.items.find(({ snippet }) => snippet.title === title);
    if (found) return { id: found.id };
    titles.push(...page.items.map(({ snippet }) => snippet.title));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  return { titles };
}

const json = { 'content-type': 'application/json; charset=UTF-8' };

/**
 * Adds the video to the playlist of its series, which the first chapter creates. `remark` is called if the channel has one with nearly the
 * same title, since the settings can misspell it.
 */
export async function addToPlaylist(
  api: YouTubeApi,
  videoId: string,
  series: string,
  privacyStatus: string,
  remark: (text: string) => void,
): Promise<void> {
  const found = await findPlaylist(api, series);
  let playlistId: string;
  if ('titles' in found) {
    const { body } = await api.call('playlists.insert', 'playlists', {
      method: 'POST',
      query: { part: 'snippet,status' },
      headers: json,
      body: JSON.stringify({ snippet: { title: series, defaultLanguage: 'vi' }, status: { privacyStatus } }),
    });
    playlistId = Made.parse(body).id;
    const near = nearestName(series, found.titles);
    if (near !== undefined)
      remark(
        `the playlist “${series}” was created, although the channel has “${near}”: if that is meant, set youtubePlaylist`,
      );
  } else {
    playlistId = found.id;
    const { body } = await api.call('playlistItems.list', 'playlistItems', {
      query: { part: 'id', playlistId, videoId },
    });
    if (Items.parse(body).items.length > 0) return;
  }
  await api.call('playlistItems.insert', 'playlistItems', {
    method: 'POST',
    query: { part: 'snippet' },
    headers: json,
    body: JSON.stringify({ snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId } } }),
  });
}
