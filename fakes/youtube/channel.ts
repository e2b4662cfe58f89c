import * as z from 'zod';
import { onlyParts } from './parts.ts';
import { Refusal } from './response.ts';

const Snippet = z.object({
  title: z.string(),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  categoryId: z.string(),
  defaultLanguage: z.string().optional(),
  defaultAudioLanguage: z.string().optional(),
});
const Status = z.object({
  // The default is public since 2026-11-02 (revision history).
  privacyStatus: z.enum(['private', 'unlisted', 'public']).default('public'),
  selfDeclaredMadeForKids: z.boolean().optional(),
  containsSyntheticMedia: z.boolean().optional(),
  publishAt: z.iso.datetime().optional(),
});
const VideoBody = z.object({ snippet: Snippet, status: Status.prefault({}) });

export interface FakeVideo extends z.infer<typeof VideoBody> {
  id: string;
  bytes: number;
  /** Bytes of a small video; those of a large one are only counted. */
  content: Buffer | undefined;
  /** Its thumbnails, the latest last; `since` in ms. */
  thumbnails: { picture: Buffer; since: number }[];
  captions: { language: string; name: string; text: string }[];
}

interface FakePlaylist {
  id: string;
  title: string;
  privacyStatus: string;
  videoIds: string[];
}

const tagLength = (tags: readonly string[]) =>
  tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1));

/** Checks a video resource by the rules of videos.insert; a part that the request does not name is ignored. */
export function parseVideo(body: unknown, parts: readonly string[]): z.infer<typeof VideoBody> {
  const parsed = VideoBody.safeParse(onlyParts(z.record(z.string(), z.unknown()).parse(body), parts));
  if (!parsed.success) throw new Refusal(400, 'invalidVideoMetadata', parsed.error.message);
  const { snippet, status } = parsed.data;
  const refuse = (reason: string) => new Refusal(400, reason, `The request metadata is invalid: ${reason}`);
  const { title, description, tags, categoryId } = snippet;
  if (!title || title.length > 100 || /[<>]/.test(title)) throw refuse('invalidTitle');
  if (Buffer.byteLength(description) > 5000 || /[<>]/.test(description)) throw refuse('invalidDescription');
  if (tagLength(tags) > 500 || /[<>,]/.test(tags.join(''))) throw refuse('invalidTags');
  if (!/^\d{1,2}$/.test(categoryId)) throw refuse('invalidCategoryId');
  if (status.publishAt && status.privacyStatus !== 'private') throw refuse('invalidPublishAt');
  return parsed.data;
}

/** A channel with its videos and playlists, the newest first in its list of uploads. */
export class FakeChannel {
  /** YouTube calls the list of uploads like the channel, with UU in place of UC. */
  readonly id: string;
  state: 'open' | 'none' | 'closed' | 'suspended' = 'open';
  /** Number of requests whose list of uploads does not yet contain the newest video. */
  unlistedLooks = 0;
  readonly videos: FakeVideo[] = [];
  readonly playlists: FakePlaylist[] = [];
  private made = 0;

  constructor(id = 'UCfake') {
    this.id = id;
  }

  private get uploadsId() {
    return this.id.replace('UC', 'UU');
  }

  check(): void {
    if (this.state === 'none') throw new Refusal(401, 'youtubeSignupRequired', 'Unauthorized');
    if (this.state === 'closed') throw new Refusal(403, 'channelClosed', 'The channel is closed.');
    if (this.state === 'suspended') throw new Refusal(403, 'channelSuspended', 'The channel is suspended.');
  }

  addVideo(resource: z.infer<typeof VideoBody>, bytes: number, content: Buffer | undefined): FakeVideo {
    const video = { ...resource, id: this.nextId('vid'), bytes, content, captions: [], thumbnails: [] };
    this.videos.push(video);
    return video;
  }

  video(id: string): FakeVideo {
    const found = this.videos.find((video) => video.id === id);
    if (!found) throw new Refusal(404, 'videoNotFound', 'The video cannot be found.');
    return found;
  }

  listChannels() {
    const snippet = { title: 'Kênh thử' };
    const contentDetails = { relatedPlaylists: { uploads: this.uploadsId } };
    return { items: [{ id: this.id, snippet, contentDetails }] };
  }

  listVideos(ids: readonly string[]) {
    return { items: this.videos.filter(({ id }) => ids.includes(id)).map(shown) };
  }

  /** Replaces a part; properties that the update omits are deleted (videos.update). */
  updateVideo(body: unknown, part: string) {
    const { id } = z.object({ id: z.string() }).parse(body);
    if (part === 'status') {
      const { status } = z.object({ status: Status }).parse(body);
      return shown(Object.assign(this.video(id), { status }));
    }
    return shown(Object.assign(this.video(id), parseVideo(body, part.split(','))));
  }

  addCaption(id: string, caption: FakeVideo['captions'][number]): void {
    const { captions } = this.video(id);
    const same = captions.some(
      ({ language, name }) => language === caption.language && name === caption.name,
    );
    if (same) throw new Refusal(409, 'captionExists', 'The specified video track already exists.');
    captions.push(caption);
  }

  listPlaylists(pageToken: string, maxResults: number) {
    const from = Number(pageToken || 0);
    const items = this.playlists.slice(from, from + maxResults);
    const next = from + items.length;
    return {
      items: items.map(({ id, title }) => ({ id, snippet: { title } })),
      ...(next < this.playlists.length && { nextPageToken: String(next) }),
    };
  }

  addPlaylist(body: unknown): { id: string } {
    const Body = z.object({
      snippet: z.object({ title: z.string().min(1).max(150) }),
      status: z.object({ privacyStatus: z.string() }).prefault({ privacyStatus: 'public' }),
    });
    const { snippet, status } = Body.parse(body);
    const made = { id: this.nextId('PL'), ...snippet, ...status, videoIds: [] };
    this.playlists.push(made);
    return { id: made.id };
  }

  listItems(playlistId: string, videoId: string | null, maxResults: number) {
    const all = playlistId === this.uploadsId ? this.listedUploads() : this.playlist(playlistId).videoIds;
    const ids = all.filter((id) => videoId === null || id === videoId).slice(0, maxResults);
    return { items: ids.map((id) => ({ id: `item-${id}`, contentDetails: { videoId: id } })) };
  }

  private listedUploads(): string[] {
    const newestFirst = this.videos.map(({ id }) => id).reverse();
    if (this.unlistedLooks === 0) return newestFirst;
    this.unlistedLooks -= 1;
    return newestFirst.slice(1);
  }

  addItem(body: unknown): { id: string } {
    const Body = z.object({
      snippet: z.object({ playlistId: z.string(), resourceId: z.object({ videoId: z.string() }) }),
    });
    const { playlistId, resourceId } = Body.parse(body).snippet;
    // A playlist accepts the same video any number of times.
    this.playlist(playlistId).videoIds.push(this.video(resourceId.videoId).id);
    return { id: `item-${resourceId.videoId}` };
  }

  private playlist(id: string): FakePlaylist {
    const found = this.playlists.find((playlist) => playlist.id === id);
    if (!found) throw new Refusal(404, 'playlistNotFound', 'The playlist cannot be found.');
    return found;
  }

  private nextId(prefix: string): string {
    this.made += 1;
    return `${prefix}${String(this.made).padStart(8, '0')}`;
  }
}

const shown = ({ id, snippet, status }: FakeVideo) => ({ kind: 'youtube#video', id, snippet, status });
