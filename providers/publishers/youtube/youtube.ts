import { mainChannel } from '../../../domain/channel.ts';
import { ChannelRefused, YouTubeQuotaError } from '../../../domain/errors.ts';
import type { JobId } from '../../../domain/job.ts';
import { lackingNote, type UploadStep } from '../../../domain/publication.ts';
import { forecast, type QuotaAllowance, shortage, youtubeDay } from '../../../domain/youtube-quota.ts';
import type { Publisher, ShortToPublish, VideoToPublish } from '../publisher.ts';
import { accessToken } from './access-token.ts';
import { type YouTubeApi, youtubeApi } from './api.ts';
import { forOperator, isChannelLimit, isTransient, YouTubeApiError } from './api-error.ts';
import { addCaptions, addToPlaylist, setThumbnail } from './attach.ts';
import { findVideo, latestScheduled } from './find-video.ts';
import { type OwnChannel, ownChannel } from './own-channel.ts';
import type { YouTubePorts, YouTubeSettings } from './ports.ts';
import { retryCall } from './retry-call.ts';
import { type Uploaded, uploadVideo } from './upload-video.ts';
import {
  checkSchedule,
  playlistPrivacy,
  publicationTime,
  publicationTimeOfShort,
  videoResource,
} from './video-resource.ts';

/** Some minutes for an essential call; fewer for additions that a video can do without for now. */
const callAttempts = 8;
const stepAttempts = 4;

const watchUrl = (id: string) => `https://www.youtube.com/watch?v=${id}`;

/** Publishes on a YouTube channel with the Data API v3. Ports are those of one job. */
export function youtubePublisher(settings: YouTubeSettings, ports: YouTubePorts): Publisher {
  checkSchedule(settings);
  const token = accessToken(ports.credentials, settings.tokenEndpoint);
  let found: OwnChannel | undefined;
  const channelOf = async (api: YouTubeApi) => {
    found ??= await ownChannel(api);
    return found;
  };

  async function withApi<T>(jobId: JobId, work: (api: YouTubeApi) => Promise<T>): Promise<T> {
    try {
      return await work(youtubeApi(jobId, token, settings, ports));
    } catch (error) {
      ports.signal.throwIfAborted();
      const told = error instanceof YouTubeApiError ? forOperator(error) : error;
      // The next caller learns of it before it renders a video.
      // Which channels are shared is known by their ids, and ends when one of them has another secret.
      if (told instanceof SharedChannel) throw told;
      if (told instanceof ChannelRefused) {
        const named = ofChannel(told, settings.channel);
        await ports.ledger.refuse(named.message);
        throw named;
      }
      if (told instanceof YouTubeQuotaError && error instanceof YouTubeApiError)
        await ports.ledger.close(
          youtubeDay(ports.now()),
          told.message,
          isChannelLimit(error) ? 'channel' : 'project',
        );
      throw told;
    }
  }

  return {
    name: 'youtube',
    publish: (video) =>
      withApi(video.jobId, async (api) => {
        const needed = forecast({ captions: settings.captions, playlist: settings.playlists });
        const uploaded = await upload(
          api,
          {
            ...{ ...video, tag: video.jobId, needed },
            check: () => mustOwn(() => channelOf(api), ports),
            timeOf: () =>
              publicationTime(settings, ports, () =>
                latestScheduled(api, () => channelOf(api), ports.isOfSeries),
              ),
            isLate: async () => {
              const time = settings.publishAt && (await ports.timeOfVideo());
              return time !== undefined && time.getTime() <= ports.now().getTime();
            },
            find: () => findVideo(api, () => channelOf(api), video.jobId),
          },
          settings,
          ports,
        ).catch(async (error: unknown) => {
          // Our own counts have no room for it: nothing more is made that would find the same.
          if (error instanceof YouTubeQuotaError)
            await ports.ledger.close(youtubeDay(ports.now()), error.message, 'channel');
          throw error;
        });
        if (await ports.ledger.refusal()) await ports.ledger.admit();
        const attached = await attach(api, video, uploaded, settings, ports);
        return { url: watchUrl(uploaded.video_id), ...attached };
      }),
    publishShort: (short) =>
      withApi(short.jobId, async (api) => {
        const own = { ...ports, progress: ports.shortProgress };
        const uploaded = await upload(
          api,
          {
            ...short,
            tag: shortTag(short.jobId),
            needed: neededForShort,
            // Its video is on the channel, and is public then.
            check: async () => undefined,
            isLate: async () => false,
            find: () => findVideo(api, () => channelOf(api), shortTag(short.jobId)),
            timeOf: () => publicationTimeOfShort(settings, own),
          },
          settings,
          own,
        );
        return { url: watchUrl(uploaded.video_id) };
      }),
  };
}

/** Adds the name of the channel, unless it is the first one. */
const ofChannel = (refused: ChannelRefused, channel: string) =>
  channel === mainChannel
    ? refused
    : new ChannelRefused(`${refused.message} This is the channel ${channel}: add CHANNEL=${channel}.`, {
        cause: refused,
      });

/** The channel has the YouTube channel of another one. */
class SharedChannel extends ChannelRefused {}

/** Throws if another channel of the stage publishes on the same YouTube channel. An account without one is refused by the upload. */
async function mustOwn(
  channel: () => Promise<OwnChannel | undefined>,
  { ledger }: YouTubePorts,
): Promise<void> {
  const own = await channel();
  const refusal = own && (await ledger.own({ id: own.id, title: own.title }));
  if (refusal) throw new SharedChannel(refusal);
}

/** A Short must not take the upload of the next chapter's video. */
const neededForShort: QuotaAllowance = { uploads: 2, units: 0 };

/** Finds the Short again, and never the video in its place. */
const shortTag = (jobId: JobId) => `${jobId}-short`;

interface Upload extends ShortToPublish {
  /** The first tag, by which the video is found again. */
  tag: string;
  /** Room that the day must have. */
  needed: QuotaAllowance;
  /** Throws if the channel can't be used. */
  check(): Promise<void>;
  /** Finds it on the channel. */
  find(): Promise<string | undefined>;
  /** Returns whether that time has passed. */
  isLate(): Promise<boolean>;
  /** Returns when it becomes public; undefined if nothing is scheduled. */
  timeOf(): Promise<Date | undefined>;
}

function upload(
  api: YouTubeApi,
  { video, metadata, beforeOut, tag, needed, check, timeOf, isLate, find }: Upload,
  settings: YouTubeSettings,
  ports: YouTubePorts,
): Promise<Uploaded> {
  const open = async (size: number) => {
    await checkQuota(needed, settings, ports);
    await check();
    const publishAt = await timeOf();
    if (publishAt)
      ports.log({ level: 'INFO', event: 'video_scheduled', publish_at: publishAt.toISOString() });
    const { headers } = await api.call('videos.insert', 'videos', {
      method: 'POST',
      upload: true,
      query: { uploadType: 'resumable', part: 'snippet,status' },
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'x-upload-content-length': String(size),
        'x-upload-content-type': 'video/mp4',
      },
      body: JSON.stringify(videoResource(tag, metadata, settings, publishAt)),
    });
    const session = headers.get('location');
    if (session) return session;
    throw new YouTubeApiError('videos.insert', 0, 'unreadable', 'the response has no session');
  };
  return uploadVideo(video, api, ports, {
    open: (size) => retryCall(() => open(size), { attempts: callAttempts }, ports),
    isLate,
    find: () => retryCall(find, { attempts: callAttempts }, ports),
    beforeOut,
  });
}

/** Throws YouTubeQuotaError if the day has no room for what is needed, before a byte is sent. */
async function checkQuota(
  needed: QuotaAllowance,
  settings: YouTubeSettings,
  { ledger, now }: YouTubePorts,
): Promise<void> {
  const day = youtubeDay(now());
  const reason = shortage(await ledger.spent(day), needed, settings.allowance);
  if (reason) throw new YouTubeQuotaError(`No more videos on ${day}: ${reason}`);
}

/** Makes the additions to a published video, each once. A failure leaves a note, because the video is already published. */
async function attach(
  api: YouTubeApi,
  { captions, thumbnail, metadata }: VideoToPublish,
  uploaded: Uploaded,
  settings: YouTubeSettings,
  ports: YouTubePorts,
): Promise<{ notes: string[]; remarks?: string[] }> {
  const { progress, signal, log } = ports;
  const id = uploaded.video_id;
  const { language } = metadata;
  const playlist = settings.playlist ?? metadata.series;
  const remarks: string[] = [];
  const remark = (text: string) => {
    remarks.push(text);
    log({ level: 'WARN', event: 'playlist_like_another', remark: text });
  };
  const steps: Partial<Record<UploadStep, () => Promise<void>>> = {
    thumbnail: () => setThumbnail(api, id, thumbnail),
    ...(settings.captions && { captions: () => addCaptions(api, id, captions, language) }),
    ...(settings.playlists &&
      playlist && { playlist: () => addToPlaylist(api, id, playlist, playlistPrivacy(settings), remark) }),
  };
  // A new video or playlist is not visible everywhere immediately.
  const isPassing = (error: unknown) =>
    isTransient(error) || (error instanceof YouTubeApiError && [404, 409].includes(error.status));
  let done = uploaded.done;
  const notes: string[] = [];
  for (const [name, step] of Object.entries(steps) as [UploadStep, () => Promise<void>][]) {
    if (done.includes(name)) continue;
    try {
      await retryCall(step, { attempts: stepAttempts }, ports, { isTransient: isPassing });
      done = [...done, name];
      await progress.save({ ...uploaded, done });
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof YouTubeApiError ? forOperator(error) : (error as Error);
      notes.push(lackingNote(name, reason.message));
      log({ level: 'WARN', event: 'upload_step_failed', step: name, reason: reason.message });
    }
  }
  return { notes, ...(remarks.length > 0 && { remarks }) };
}
