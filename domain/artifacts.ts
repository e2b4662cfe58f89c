import { createHash } from 'node:crypto';
import { JobId } from './job.ts';

const padded = (number: number, width: number) => String(number).padStart(width, '0');

/**
 * Where every artifact of a job lives in the bucket: the only place that builds a key. Each has one writer.
 * Pages count from 1, segments from 0.
 */
export function artifactsOf(jobId: JobId) {
  const root = `jobs/${JobId.parse(jobId)}/`;
  return {
    /** Prefix of all of them; what cleanup deletes. */
    root,
    /** fetcher: what the chapter is and whom to credit. */
    chapter: `${root}chapter.json`,
    /** fetcher: one normalised page. */
    page: (number: number) => `${root}pages/${padded(number, 3)}.jpg`,
    /** scriptgen: checkpoint of one page, its panels and its part of the script. */
    pageDraft: (number: number) => `${root}script/${padded(number, 3)}.json`,
    /** scriptgen: panels and bubbles of all pages. */
    panels: `${root}panels.json`,
    /** scriptgen: the narration; a person can change sentences before it is spoken. */
    script: `${root}script.json`,
    /** scriptgen: whether the chapter was read well enough to be published unseen, and why not. */
    doubt: `${root}doubt.json`,
    /** ttsgen: one spoken segment. */
    speechAudio: (segment: number) => `${root}speech/${padded(segment, 4)}.mp3`,
    /** ttsgen: checkpoint of one segment; written after its audio, so its presence says that both are there. */
    speechTiming: (segment: number) => `${root}speech/${padded(segment, 4)}.json`,
    /** ttsgen: durations and word times of all segments. */
    speech: `${root}speech.json`,
    /** renderer: what the camera shows when. */
    shots: `${root}shots.json`,
    /** renderer: one encoded piece, named by the hash of what it shows. */
    renderPiece: (hash: string) => `${root}render/${hash}.mp4`,
    /** renderer: subtitles. */
    captions: `${root}captions.vi.srt`,
    webCaptions: `${root}captions.vi.vtt`,
    /** renderer: the picture that stands for the video. */
    thumbnail: `${root}thumbnail.jpg`,
    /** renderer: the finished video; where both shapes are wanted, the upright one besides. */
    video: `${root}video.mp4`,
    uprightVideo: `${root}video-9x16.mp4`,
    /** uploader: where the video was published. */
    publication: `${root}publication.json`,
  };
}
export type Artifacts = ReturnType<typeof artifactsOf>;

/** Prefix of the bucket in which an operator puts chapters to publish. */
export const libraryPrefix = 'library/';

/** Music of the operator's that videos may have under the voice. */
export const musicPrefix = `${libraryPrefix}music/`;

/** What must not be published any more, of any source; read anew each time, so that a takedown needs no deployment. */
export const blocklistKey = `${libraryPrefix}blocklist.json`;

/** ttsgen: what a voice said of a text, by the hash (hex) of both; it goes when nobody wrote it for a while. */
export const speechMemoryPrefix = 'speech-memory/';
export const rememberedSpeechKey = (contentHash: string) => `${speechMemoryPrefix}${contentHash}.json`;

/** What outlives jobs: memories of series, and replies of language models, which are paid for once. */
export const memoryPrefix = 'library-memory/';

/** scriptgen: what is known of a series. Ids come from outside, so the key carries a hash of it. */
export const storyKey = (mangaId: string) =>
  `${memoryPrefix}stories/${createHash('sha256').update(mangaId).digest('hex').slice(0, 32)}.json`;

/** scriptgen: the reply to one request, by the hash (hex) of all that the request holds. */
export const repliesPrefix = `${memoryPrefix}replies/`;
export const replyKey = (requestHash: string) => `${repliesPrefix}${requestHash}.json`;
