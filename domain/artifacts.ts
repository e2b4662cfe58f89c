import { createHash } from 'node:crypto';
import { mainChannel } from './channel.ts';
import { JobId } from './job.ts';

const padded = (number: number, width: number) => String(number).padStart(width, '0');

/**
 * Keys of all artifacts of a job in the bucket: only this module builds them. Each artifact has one writer.
 * Pages count from 1, segments from 0.
 */
export function artifactsOf(jobId: JobId) {
  const root = `jobs/${JobId.parse(jobId)}/`;
  return {
    /** Prefix of all artifacts of the job; cleanup deletes everything below it. */
    root,
    /** fetcher: the chapter's metadata and credits. */
    chapter: `${root}chapter.json`,
    /** fetcher: one normalised page. */
    page: (number: number) => `${root}pages/${padded(number, 3)}.jpg`,
    /** scriptgen: checkpoint of one page, its panels and its part of the script. */
    pageDraft: (number: number) => `${root}script/${padded(number, 3)}.json`,
    /** scriptgen: panels and bubbles of all pages. */
    panels: `${root}panels.json`,
    /** scriptgen: the narration; a person can change sentences before it is spoken. */
    script: `${root}script.json`,
    /** scriptgen: whether the chapter was read well enough to be published without a check, and the reasons if not. */
    doubt: `${root}doubt.json`,
    /** scriptgen: how the video compares with the latest of the channel. */
    likeness: `${root}likeness.json`,
    /** scriptgen: what viewers will recognise of the video, with which other scripts are compared until it is published. */
    appearance: `${root}appearance.json`,
    /** scriptgen: what was found when the script was read over before it is spoken. */
    proofreading: `${root}proofreading.json`,
    /** ttsgen: the beginning of the keys of all spoken segments. */
    recordings: `${root}speech/`,
    /** ttsgen: one spoken segment. */
    speechAudio: (segment: number) => `${root}speech/${padded(segment, 4)}.mp3`,
    /** ttsgen: checkpoint of one segment; written after its audio, so its presence means that both exist. */
    speechTiming: (segment: number) => `${root}speech/${padded(segment, 4)}.json`,
    /** ttsgen: durations and word times of all segments. */
    speech: `${root}speech.json`,
    /** renderer: what the camera shows at each time. */
    shots: `${root}shots.json`,
    /** renderer: the beginning of the keys of all pieces, and of the parts of the sound. */
    renderPieces: `${root}render/`,
    /** renderer: one encoded piece, named by the hash of what it shows. */
    renderPiece: (hash: string) => `${root}render/${hash}.mp4`,
    /** renderer: one encoded part of the sound, named by the hash of what is heard and its mastering. */
    renderSound: (hash: string) => `${root}render/${hash}.aac`,
    /** renderer: loudness of one part of the sound, before its mastering or encoded, named in the same way. */
    renderMeasures: (hash: string) => `${root}render/${hash}.json`,
    /** renderer: subtitles. */
    captions: `${root}captions.vi.srt`,
    webCaptions: `${root}captions.vi.vtt`,
    /** renderer: the thumbnails of the video, the best first, and what they show. */
    thumbnail: (rank: number) => `${root}thumbnail${rank === 1 ? '' : `-${rank}`}.jpg`,
    thumbnails: `${root}thumbnails.json`,
    /** renderer: the finished video; if both shapes are made, also the upright one. */
    video: `${root}video.mp4`,
    uprightVideo: `${root}video-9x16.mp4`,
    /** renderer: the Short of the video, and what it tells. */
    shortVideo: `${root}short.mp4`,
    short: `${root}short.json`,
    /** uploader: where the video was published. */
    publication: `${root}publication.json`,
  };
}
export type Artifacts = ReturnType<typeof artifactsOf>;

/** Keys of what is kept beside a video in a folder, if it exists: for players, and for `make review VIDEO=…`. */
export const besideVideo = ({ shots, script, speech, webCaptions, uprightVideo }: Artifacts): string[] => [
  ...[shots, script, speech, webCaptions, uprightVideo],
];

/** Prefix of the bucket where an operator puts chapters to publish. */
export const libraryPrefix = 'library/';

/** Prefix of the operator's music for videos. */
export const musicPrefix = `${libraryPrefix}music/`;

/** Settings that an operator gives a series, by its id. */
export const seriesSettingsPrefix = `${libraryPrefix}series/`;
export const seriesSettingsKey = (mangaId: string) => `${seriesSettingsPrefix}${mangaId}.json`;

/** Chapters of any source that must not be published; read each time, so that a takedown needs no deployment. */
export const blocklistKey = `${libraryPrefix}blocklist.json`;

/** ttsgen: a voice's audio of a text, under the hash (hex) of both, and the speakers of a service; deleted if not written for a while. */
export const speechMemoryPrefix = 'speech-memory/';
export const speakersKey = (service: string) => `${speechMemoryPrefix}speakers/${service}.json`;
export const rememberedSpeechKey = (contentHash: string) => `${speechMemoryPrefix}${contentHash}.json`;
/** ttsgen: which of it a job says, so that a takedown finds it; empty objects that are deleted with it. */
const saidByPrefix = (jobId: JobId) => `${speechMemoryPrefix}jobs/${JobId.parse(jobId)}/`;
export const saidByKey = (jobId: JobId, contentHash: string) => `${saidByPrefix(jobId)}${contentHash}`;

/** Data that outlives jobs: memories of series, and replies of language models, which are paid for once. */
export const memoryPrefix = 'library-memory/';

const hashed = (mangaId: string) => createHash('sha256').update(mangaId).digest('hex').slice(0, 32);

/** scriptgen: memory of a series. Ids come from outside, so the key contains a hash of the id. */
export const storyKey = (mangaId: string) => `${memoryPrefix}stories/${hashed(mangaId)}.json`;

/** ttsgen: the voices of a series' characters. */
export const castsPrefix = `${memoryPrefix}casts/`;
export const castKey = (mangaId: string) => `${castsPrefix}${hashed(mangaId)}.json`;

/** scriptgen: the reply to one request, under the hash (hex) of the whole request. */
export const repliesPrefix = `${memoryPrefix}replies/`;
export const replyKey = (requestHash: string) => `${repliesPrefix}${requestHash}.json`;
/** scriptgen: which of them a job paid for, so that a takedown finds them. */
const paidByPrefix = (jobId: JobId) => `${repliesPrefix}jobs/${JobId.parse(jobId)}/`;
export const paidByKey = (jobId: JobId, requestHash: string) => `${paidByPrefix(jobId)}${requestHash}`;

/** Returns the prefixes of what says which replies and speech are cached for a job, each with the key of the cached object. */
export const cachedFor = (jobId: JobId): { prefix: string; keyOf: (hash: string) => string }[] => [
  { prefix: saidByPrefix(jobId), keyOf: rememberedSpeechKey },
  { prefix: paidByPrefix(jobId), keyOf: replyKey },
];

/** uploader: what viewers recognise of each published video, with which later ones are compared. */
export const videosPrefix = `${memoryPrefix}videos/`;
/** The latest video has the first key. */
const latestFirst = (publishedAt: string, jobId: JobId) =>
  `${padded(9_999_999_999_999 - Date.parse(publishedAt), 13)}-${jobId}.json`;
/** Returns the job of such a record; the empty text for another object. */
export const jobOfRecord = (key: string): string => /\/\d{13}-([^/]+)\.json$/.exec(key)?.[1] ?? '';
/** Prefix of the records of a channel. Names of channels begin with a letter, so the first channel's keys come before all of them. */
const ofChannel = (prefix: string, channel: string) =>
  channel === mainChannel ? prefix : `${prefix}${channel}/`;
export const channelVideosPrefix = (channel: string) => ofChannel(videosPrefix, channel);
export const videoKey = (channel: string, publishedAt: string, jobId: JobId) =>
  `${channelVideosPrefix(channel)}${latestFirst(publishedAt, jobId)}`;

/** scriptgen: the order of the comparison of a channel's scripts. */
export const comparedScriptsKey = (channel: string) => `${memoryPrefix}compared-scripts/${channel}.json`;

/** uploader: what is known about the audience of each published video, the latest first, and the outcome of the latest review of them. */
export const audiencePrefix = `${memoryPrefix}audience/`;
export const channelAudiencePrefix = (channel: string) => ofChannel(audiencePrefix, channel);
export const audienceKey = (channel: string, publishedAt: string, jobId: JobId) =>
  `${channelAudiencePrefix(channel)}${latestFirst(publishedAt, jobId)}`;
export const audienceReviewKey = `${memoryPrefix}audience-review.json`;
export const channelReviewKey = (channel: string) =>
  channel === mainChannel ? audienceReviewKey : `${channelAudiencePrefix(channel)}review.json`;

/** uploader: thumbnails of a published video that are still compared; deleted after two months. */
export const comparedThumbnailsPrefix = 'compared-thumbnails/';
export const comparedThumbnailsOf = (jobId: JobId) => `${comparedThumbnailsPrefix}${JobId.parse(jobId)}/`;
export const comparedThumbnailKey = (jobId: JobId, rank: number) =>
  `${comparedThumbnailsOf(jobId)}${rank}.jpg`;

/** Records of deployments, which sort by their time. */
export const deploymentsPrefix = 'deployments/';
export const deploymentKey = (at: string) => `${deploymentsPrefix}${at.replace(/[:.]/g, '-')}.json`;
