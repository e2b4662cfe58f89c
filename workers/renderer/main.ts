import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { environmentForSeries, seriesSettings } from '../../config/settings/series.ts';
import { artifactsOf, musicPrefix } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import { formatsOf } from '../../domain/shots.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { startWorker } from '../start.ts';
import type { Music, RendererPorts } from './ports.ts';
import { renderShard } from './render-shard.ts';
import { renderVideo } from './render-video.ts';

await startWorker('renderer', 'RenderError', async ({ jobId, shard, env, folder, signal, log }) => {
  const artifacts = artifactStore(env.S3_BUCKET, signal);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const { manga_id } = await artifacts.getJson(artifactsOf(jobId).chapter, Chapter);
  const its = environmentForSeries(env, await seriesSettings(artifacts.findJson, manga_id));
  const bucket = {
    readJson: (key: string) => artifacts.getJson(key, z.unknown()),
    download: artifacts.download,
    keysBelow: async (prefix: string) =>
      new Set(await Array.fromAsync(artifacts.list(prefix), ({ key }) => key)),
    upload: artifacts.upload,
  };
  const options = {
    formats: formatsOf(its.VIDEO_FORMAT),
    burnSubtitles: its.BURN_SUBTITLES,
    shorts: its.SHORTS,
    music: musicOf(its.MUSIC, its.MUSIC_CREDIT),
    ffmpeg: await findFfmpeg(env.FFMPEG_PATH),
    workDirectory: folder,
    cores: availableParallelism(),
    signal,
  };
  const reportAs =
    (step: string): RendererPorts['reportProgress'] =>
    (done, total, seconds_left) =>
      jobs.reportProgress(jobId, { step, done, total, ...(seconds_left !== undefined && { seconds_left }) });
  if (shard) {
    // Shards take about the same time; the first one speaks for all.
    const reportProgress = shard.number === 1 ? reportAs('RenderShard') : async () => {};
    const { rendered, reused } = await renderShard(jobId, shard, { ...bucket, reportProgress }, options);
    log({ level: 'INFO', event: 'shard_rendered', shard: shard.number, of: shard.of, rendered, reused });
    return { job_id: jobId, status: 'completed', shard: shard.number };
  }
  const video = await renderVideo(jobId, { ...bucket, reportProgress: reportAs('StartRenderer') }, options);
  const { seconds, pieces, reused, fastSubtitles, subtitles, short, undrawnLetters } = video;
  log({ level: 'INFO', event: 'video_rendered', pieces, reused });
  if (fastSubtitles > 0)
    log({ level: 'WARN', event: 'subtitles_too_fast', fast: fastSubtitles, of: subtitles });
  if (undrawnLetters.length > 0) log({ level: 'WARN', event: 'letters_not_drawn', letters: undrawnLetters });
  if (short) log({ level: 'INFO', event: 'short_rendered', ...short });
  await jobs.update(jobId, {
    video_seconds: seconds,
    // An earlier render could have ended otherwise.
    short_seconds: short && 'seconds' in short ? short.seconds : null,
    short_missing: short && 'missing' in short ? short.missing : null,
    ...(undrawnLetters.length > 0 && { undrawn_letters: [...undrawnLetters] }),
  });
  return { job_id: jobId, status: 'completed' };
});

/** Resolves the setting; our own loop needs no further credit. */
function musicOf(name: string, credit = ''): Music | undefined {
  if (name === 'off') return undefined;
  if (name === 'calm') return { source: 'calm', credit: 'manga-pipeline (CC0 1.0)' };
  return { source: { key: `${musicPrefix}${name}` }, credit };
}
