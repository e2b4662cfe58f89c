import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { functions } from '../../../config/functions.ts';
import type { Chapter } from '../../../domain/chapter.ts';
import { applyThresholds } from '../../../domain/doubt/thresholds.ts';
import type { Doubt } from '../../../domain/doubt.ts';
import type { Likeness } from '../../../domain/likeness.ts';
import type { Panels } from '../../../domain/page.ts';
import type { Proofreading } from '../../../domain/proofreading.ts';
import type { PageDraft, Script } from '../../../domain/script.ts';
import type { SegmentTiming } from '../../../domain/speech.ts';
import { run as scriptgen } from '../../../functions/scriptgen/scriptgen.ts';
import { run as ttsgen } from '../../../functions/ttsgen/ttsgen.ts';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { folderPublisher } from '../../../providers/publishers/folder.ts';
import { noOffer } from '../../../providers/voices/voice.ts';
import { renderVideo } from '../../../workers/renderer/render-video.ts';
import { publishVideo } from '../../../workers/uploader/publish-video.ts';
import { bucketIn } from './bucket.ts';
import { analysisOf, artifacts, jobId, narrationOf } from './job.ts';

/** Cost of a step: its calls, and for a Lambda the longest of them in seconds of Lambda time. */
export interface Taken {
  calls: number;
  longest: number;
}
const nothing = async () => undefined;
/** Duration of work on a Lambda, in ms: a page read by OCR, a sentence spoken by a service, a checkpoint in S3. */
const costs = { page: 9_000, sentence: 2_000, checkpoint: 25 };
const concurrency = 4;

/** Calls a function repeatedly with its token, as the flow does. Its time is the declared duration of its work. */
async function callThrough(
  name: 'scriptgen' | 'ttsgen',
  call: (
    event: { job_id: string; continuation_token: string | null },
    timeLeft: () => number,
    spend: (milliseconds: number) => void,
  ) => Promise<{ continuation_token: string | null }>,
): Promise<Taken> {
  const limit = functions[name].timeout * 1000;
  const taken = { calls: 0, longest: 0 };
  let token: string | null = null;
  do {
    let spent = 0;
    const spend = (milliseconds: number) => {
      spent += milliseconds;
      if (spent > limit)
        throw new Error(`call ${taken.calls + 1} of ${name} takes more than ${limit / 1000} s`);
    };
    ({ continuation_token: token } = await call(
      { job_id: jobId, continuation_token: token },
      () => limit - spent,
      spend,
    ));
    taken.calls += 1;
    taken.longest = Math.max(taken.longest, spent / 1000);
  } while (token !== null);
  return taken;
}

function script(folder: string): Promise<Taken> {
  const bucket = bucketIn(join(folder, 'bucket'));
  return callThrough('scriptgen', (event, timeLeft, spend) =>
    scriptgen(event, {
      getChapter: (key) => bucket.read<Chapter>(key),
      getPage: bucket.bytes,
      findDraft(key) {
        spend(costs.checkpoint);
        return bucket.find<PageDraft>(key);
      },
      findScript: (key) => bucket.find<Script>(key),
      getPanels: (key) => bucket.read<Panels>(key),
      findDoubt: (key) => bucket.find<Doubt>(key),
      putJson: (key, value) => bucket.put(key, JSON.stringify(value)),
      reader: {
        async read({ number }) {
          spend(costs.page);
          return analysisOf(number);
        },
      },
      narrator: { name: 'load', narratePage: async ({ analysis }) => narrationOf(analysis) },
      tasteOf: async () => ({
        frame: { hook: true, recap: true, nextChapter: false, rate: 0, notice: undefined },
        tone: undefined,
        proofreading: true,
        likenessVideos: 30,
      }),
      judgedBy: async () => applyThresholds([]),
      notesOfSeries: async () => [],
      latestVideos: async () => ({ videos: [], unreadable: [] }),
      comparedScripts: () => ({
        before: async () => ({ scripts: [], unreadable: [] }),
        enter: async () => ({ scripts: [], unreadable: [] }),
      }),
      findLikeness: (key) => bucket.find<Likeness>(key),
      findProofreading: (key) => bucket.find<Proofreading>(key),
      findApprovedNote: async () => undefined,
      log: nothing,
      markScripting: nothing,
      markScripted: nothing,
      recordNarration: nothing,
      reportProgress: nothing,
      timeLeft,
    }),
  );
}

async function speech(folder: string): Promise<Taken> {
  const bucket = bucketIn(join(folder, 'bucket'));
  const tone = join(folder, 'tone.mp3');
  const source = [
    '-f',
    'lavfi',
    '-t',
    '0.4',
    '-i',
    'sine=frequency=220:sample_rate=24000',
    '-f',
    'mp3',
    tone,
  ];
  await runFfmpeg(source, { binary: await findFfmpeg(undefined), timeoutMs: 60_000 });
  const mp3 = await bucketIn(folder).bytes('tone.mp3');
  let said = 0;
  return callThrough('ttsgen', (event, timeLeft, spend) =>
    ttsgen(event, {
      log: (line) => console.warn(JSON.stringify(line)),
      getScript: (key) => bucket.read<Script>(key),
      findTiming(key) {
        spend(costs.checkpoint / concurrency);
        return bucket.find<SegmentTiming>(key);
      },
      putAudio: bucket.put,
      putJson: (key, value) => bucket.put(key, JSON.stringify(value)),
      recordSaid: async () => spend(costs.checkpoint / concurrency),
      castVoices: true,
      chapterOf: async () => ({ manga_id: 'load', number: '1', credits: [], licence: null }),
      seriesSettings: async () => ({ cast: {} }),
      changeCast: async (_, change) => change(undefined).result,
      voices: [
        {
          provider: 'espeak',
          name: 'load',
          soundOf: () => 'load',
          offer: async () => noOffer,
          concurrency,
          longestMs: 60_000,
          async speak(text) {
            spend(costs.sentence / concurrency);
            // All different, because equal pieces would be encoded only once.
            const duration = 0.05 + ((said++ * 0.618034) % 1) * 0.04;
            return { mp3, duration, words: [{ text, start: 0, end: duration }] };
          },
          close: nothing,
        },
      ],
      mixVoices: false,
      markSpeaking: nothing,
      markSpoken: nothing,
      reportProgress: nothing,
      timeLeft,
    }),
  );
}

async function video(folder: string): Promise<Taken> {
  const { read, download, downloadVersion, versionsBelow, upload } = bucketIn(join(folder, 'bucket'));
  await renderVideo(
    jobId,
    {
      ...{ readJson: read, download, downloadVersion, versionsBelow, upload },
      ...{ reportBroken: nothing, reportProgress: nothing },
    },
    {
      formats: ['16:9'],
      burnSubtitles: false,
      shorts: false,
      ffmpeg: await findFfmpeg(undefined),
      workDirectory: join(folder, 'render'),
      cores: availableParallelism(),
      signal: new AbortController().signal,
    },
  );
  return { calls: 1, longest: 0 };
}

async function publication(folder: string): Promise<Taken> {
  const bucket = bucketIn(join(folder, 'bucket'));
  await publishVideo(jobId, folder, {
    getChapter: bucket.read,
    findScript: bucket.find,
    findLikeness: bucket.find,
    recordVideo: nothing,
    findSpeech: bucket.find,
    audience: undefined,
    findThumbnails: bucket.find,
    findShots: bucket.find,
    findPublication: bucket.find,
    putPublication: (key, value) => bucket.put(key, JSON.stringify(value)),
    download: bucket.download,
    exists: bucket.exists,
    sizeOf: async () => 0,
    publisher: folderPublisher(join(folder, 'out')),
    holdsChapter: async () => true,
    beginPublishing: async () => true,
    markChapterPublished: async () => true,
    markJobPublished: nothing,
    shorts: false,
    findShort: async () => undefined,
    markShortPublished: nothing,
    markShortMissing: nothing,
    now: () => new Date(),
    log: () => undefined,
    signal: new AbortController().signal,
  });
  return { calls: 1, longest: 0 };
}

export const steps = { scriptgen: script, ttsgen: speech, renderer: video, uploader: publication } as const;
export type StepName = keyof typeof steps;
export const artifactOf: Readonly<Record<StepName, string>> = {
  scriptgen: artifacts.script,
  ttsgen: artifacts.speech,
  renderer: artifacts.video,
  uploader: artifacts.publication,
};
