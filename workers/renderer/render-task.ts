import * as z from 'zod';
import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { secretValue } from '../../aws/secret-value.ts';
import { environmentForChannel } from '../../config/channels.ts';
import type { render } from '../../config/environments.ts';
import { environmentForSeries, seriesFiles } from '../../config/settings/series.ts';
import type { Environment } from '../../config/variables.ts';
import { artifactsOf, musicPrefix } from '../../domain/artifacts.ts';
import { channelOf } from '../../domain/channel.ts';
import { Chapter } from '../../domain/chapter.ts';
import type { JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import { formatsOf } from '../../domain/video-format.ts';
import type { Shard } from '../../domain/worker-task.ts';
import type { Music, RendererPorts, RenderOptions } from './ports.ts';
import { type RenderedShard, renderShard } from './render-shard.ts';
import { renderVideo } from './render-video.ts';

/** Maker of a video, or of a shard of it: a machine or a function. */
export interface RenderPlace {
  jobId: JobId;
  env: Environment<(typeof render)[number]>;
  /** The FFmpeg binary. */
  ffmpeg: string;
  /** An empty folder. */
  folder: string;
  /** Number of pieces that are encoded in parallel. */
  cores: number;
  signal: AbortSignal;
  log: Log;
}

/** Stores a shard of the job's video in the artifacts bucket. */
export async function makeShard(shard: Shard, place: RenderPlace): Promise<RenderedShard> {
  const { jobId, log } = place;
  const { bucket, options, reportAs } = await prepare(place);
  // Shards take about the same time; the first one speaks for all.
  const reportProgress = shard.number === 1 ? reportAs('RenderShard') : async () => {};
  const stored = await renderShard(jobId, shard, { ...bucket, reportProgress }, options);
  log({ level: 'INFO', event: 'shard_rendered', shard: shard.number, of: shard.of, ...stored });
  return stored;
}

/** Makes the job's video and records on the job what it is. `state` is the state of the flow whose progress it reports. */
export async function makeVideo(place: RenderPlace, state = 'StartRenderer'): Promise<void> {
  const { jobId, env, log } = place;
  const { bucket, options, reportAs } = await prepare(place);
  const signer = await signerFor(place);
  const video = await renderVideo(
    jobId,
    { ...bucket, reportProgress: reportAs(state) },
    { ...options, ...(signer && { sign: signer.sign }) },
  );
  const { seconds, pieces, reused, fastSubtitles, subtitles, short, undrawnLetters } = video;
  log({ level: 'INFO', event: 'video_rendered', pieces, reused });
  if (fastSubtitles > 0)
    log({ level: 'WARN', event: 'subtitles_too_fast', fast: fastSubtitles, of: subtitles });
  if (undrawnLetters.length > 0) log({ level: 'WARN', event: 'letters_not_drawn', letters: undrawnLetters });
  const unsigned = [...(signer?.unsigned ?? [])];
  for (const reason of unsigned) log({ level: 'WARN', event: 'video_not_signed', reason });
  if (short) log({ level: 'INFO', event: 'short_rendered', ...short });
  await jobStore(env.DYNAMODB_JOBS_TABLE).update(jobId, {
    video_seconds: seconds,
    // An earlier render could have ended otherwise.
    short_seconds: short && 'seconds' in short ? short.seconds : null,
    short_missing: short && 'missing' in short ? short.missing : null,
    credentials_missing: unsigned.join('; ') || null,
    ...(undrawnLetters.length > 0 && { undrawn_letters: [...undrawnLetters] }),
  });
}

/** Returns the bucket, the settings of the job's series, and the job's record, as a render needs them. */
async function prepare({ jobId, env, ffmpeg, folder, cores, signal, log }: RenderPlace) {
  const artifacts = artifactStore(env.S3_BUCKET, signal);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const chapter = await artifacts.getJson(artifactsOf(jobId).chapter, Chapter);
  const its = environmentForSeries(
    environmentForChannel(env, channelOf(chapter)),
    await seriesFiles(artifacts.findJson, chapter),
  );
  const bucket = {
    readJson: (key: string) => artifacts.getJson(key, z.unknown()),
    download: artifacts.download,
    downloadVersion: artifacts.downloadVersion,
    versionsBelow: async (prefix: string) =>
      new Map(await Array.fromAsync(artifacts.list(prefix), ({ key, version }) => [key, version] as const)),
    upload: artifacts.upload,
    async reportBroken(key: string) {
      log({ level: 'WARN', event: 'stored_piece_broken', key });
      await jobs.addBrokenPiece(jobId);
    },
  };
  const options: RenderOptions = {
    formats: formatsOf(its.VIDEO_FORMAT),
    burnSubtitles: its.BURN_SUBTITLES,
    shorts: its.SHORTS,
    music: musicOf(its),
    ...{ ffmpeg, workDirectory: folder, cores, signal },
  };
  const reportAs =
    (step: string): RendererPorts['reportProgress'] =>
    (done, total, seconds_left) =>
      jobs.reportProgress(jobId, { step, done, total, ...(seconds_left !== undefined && { seconds_left }) });
  return { bucket, options, reportAs };
}

/** Reads the secret before the render, so that a missing or expired certificate costs no machine. */
async function signerFor({ env, signal }: RenderPlace) {
  if (env.CONTENT_CREDENTIALS === 'none') return undefined;
  const [{ readIdentity }, { videoSigner }] = await Promise.all([
    import('../../providers/content-credentials/signing-identity.ts'),
    import('../../providers/content-credentials/sign-video.ts'),
  ]);
  const { pem } = await secretValue(env.SIGNING_SECRET, 'signing');
  return videoSigner(readIdentity(pem, new Date()), { signal });
}

/** Resolves the settings; our own loop needs no further credit. */
function musicOf(its: Environment<'MUSIC' | 'MUSIC_BY_MOOD' | 'MUSIC_CREDIT'>): Music | undefined {
  const named = (name: string) =>
    name === 'off' || name === 'calm' ? name : { key: `${musicPrefix}${name}` };
  const source = named(its.MUSIC);
  const byMood = Object.fromEntries(
    Object.entries(its.MUSIC_BY_MOOD).map(([mood, name]) => [mood, named(name)] as const),
  );
  const sources = [source, ...Object.values(byMood)];
  if (sources.every((one) => one === 'off')) return undefined;
  const isOwn = sources.every((one) => typeof one === 'string');
  return { source, byMood, credit: isOwn ? 'manga-pipeline (CC0 1.0)' : (its.MUSIC_CREDIT ?? '') };
}
