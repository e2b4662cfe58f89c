import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { Script } from '../../domain/script.ts';
import { SegmentTiming } from '../../domain/speech.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import type { Voice } from '../../providers/voices/voice.ts';
import type { LambdaContext } from '../lambda.ts';
import { environmentOf } from '../manifest.ts';
import { throttledProgress } from '../progress.ts';
import { run } from './ttsgen.ts';

const env = environmentOf('ttsgen');
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
// Made at the first call: finding a program on PATH means to start it, and reading text aloud takes large tables.
let voices: Promise<Voice[]> | undefined;
const makeVoices = async () => {
  const { createVoices } = await import('../../providers/voices/index.ts');
  return createVoices([env.VOICE], { ffmpeg: await findFfmpeg(env.FFMPEG_PATH) });
};

export const handler = async (event: unknown, context: LambdaContext) => {
  voices ??= makeVoices();
  return run(event, {
    getScript: (key) => artifacts.getJson(key, Script),
    findTiming: (key) => artifacts.findJson(key, SegmentTiming),
    putAudio: (key, mp3) => artifacts.putBytes(key, mp3, 'audio/mpeg'),
    putJson: artifacts.putJson,
    voices: await voices,
    mixVoices: false,
    markSpeaking: (jobId) => jobs.update(jobId, { status: 'speaking' }),
    markSpoken: (jobId, speech_seconds) => jobs.update(jobId, { speech_seconds }),
    reportProgress: throttledProgress(jobs.reportProgress),
    timeLeft: () => context.getRemainingTimeInMillis(),
  });
};
