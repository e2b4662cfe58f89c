import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { secretValue } from '../../aws/secret-value.ts';
import { ttsgen } from '../../config/environments.ts';
import { seriesSettings } from '../../config/settings/series.ts';
import { artifactsOf, castKey, rememberedSpeechKey, saidByKey, speakersKey } from '../../domain/artifacts.ts';
import { SeriesCast } from '../../domain/cast.ts';
import { Chapter } from '../../domain/chapter.ts';
import { Script } from '../../domain/script.ts';
import { RememberedSpeech, SegmentTiming } from '../../domain/speech.ts';
import { moodManners } from '../../domain/voice-settings.ts';
import { SpeakerList } from '../../providers/voices/microsoft-speakers.ts';
import type { Voice } from '../../providers/voices/voice.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { throttledProgress } from '../progress.ts';
import { run } from './ttsgen.ts';

const env = environmentOf('ttsgen', ttsgen);
const { log, logged } = functionLog('ttsgen', env.TRACING);
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
// Created at the first call, and only the chosen voices: reading text aloud needs large tables.
let voices: Promise<Voice[]> | undefined;
const makeVoices = async () => {
  const { createVoices } = await import('../../providers/voices/index.ts');
  return createVoices(env.VOICE, {
    ffmpeg: async () =>
      (await import('../../providers/media/find-media-binary.ts')).findFfmpeg(env.FFMPEG_PATH),
    speaker: env.VOICE_SPEAKER,
    ratePercent: env.VOICE_RATE,
    pitchHz: env.VOICE_PITCH,
    moods: moodManners(env.VOICE_MOODS),
    edge: {
      endpoint: env.VOICE_EDGE_ENDPOINT,
      // Each lane has a function that knows nothing of the others.
      concurrency: Math.max(1, Math.floor(env.VOICE_CONCURRENCY / env.LANES)),
    },
    azure: async () => {
      const { api_key, region } = await secretValue(env.VOICE_SECRET, 'voice');
      return {
        ...{ key: api_key, region, endpoint: env.VOICE_AZURE_ENDPOINT },
        requestsPerMinute: env.VOICE_AZURE_REQUESTS_PER_MINUTE / env.LANES,
      };
    },
    memory: {
      log,
      find: (hash) => artifacts.findJson(rememberedSpeechKey(hash), RememberedSpeech),
      put: (hash, speech) => artifacts.putJson(rememberedSpeechKey(hash), speech),
    },
    cast: (service) => ({
      allowed: env.VOICE_CAST_SPEAKERS,
      log,
      find: () => artifacts.findJson(speakersKey(service), SpeakerList),
      put: (list) => artifacts.putJson(speakersKey(service), list),
    }),
  });
};

export const handler = logged(async (event, context) => {
  // A voice that could not be created, for example without its secret, is created by the next call.
  voices ??= makeVoices().catch((error: unknown) => {
    voices = undefined;
    throw error;
  });
  return run(event, {
    getScript: (key) => artifacts.getJson(key, Script),
    findTiming: (key) => artifacts.findJson(key, SegmentTiming),
    putAudio: (key, mp3) => artifacts.putBytes(key, mp3, 'audio/mpeg'),
    putJson: artifacts.putJson,
    recordSaid: (jobId, hash) => artifacts.putJson(saidByKey(jobId, hash), {}),
    voices: await voices,
    mixVoices: env.VOICE_MIXING,
    castVoices: env.VOICE_CAST,
    chapterOf: (jobId) => artifacts.getJson(artifactsOf(jobId).chapter, Chapter),
    seriesSettings: (series) => seriesSettings(artifacts.findJson, series),
    changeCast: (mangaId, change) => artifacts.changeJson(castKey(mangaId), SeriesCast, change),
    markSpeaking: (jobId) => jobs.update(jobId, { status: 'speaking' }),
    markSpoken: jobs.update,
    reportProgress: throttledProgress(jobs.reportProgress),
    timeLeft: () => context.getRemainingTimeInMillis(),
    log,
  });
});
