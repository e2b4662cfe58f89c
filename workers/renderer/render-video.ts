import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import { rankCovers } from '../../domain/cover.ts';
import { PipelineError, RenderError } from '../../domain/errors.ts';
import { coverText } from '../../domain/video-metadata.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { formatSrt, makeCues } from './captions.ts';
import { fetchPages } from './fetch-pages.ts';
import { loadInputs } from './load-inputs.ts';
import { makeSound } from './make-sound.ts';
import { concatList, joinArguments } from './piece-arguments.ts';
import { planShots } from './plan-shots.ts';
import type { RenderedVideo, RendererPorts, RenderOptions } from './ports.ts';
import { Progress } from './progress.ts';
import { type RenderedPieces, removePieces, renderPieces } from './render-pieces.ts';
import { chooseCover, drawThumbnail, mostCovers } from './thumbnail.ts';
import { framesPerSecond, makeTimeline } from './timeline.ts';

export type { RenderedVideo, RendererPorts, RenderOptions } from './ports.ts';

/**
 * Makes the video of a job, its subtitles and its thumbnail from what earlier steps left in the bucket. Finished
 * pieces are kept there, so a render that was stopped continues on another machine; the video itself is uploaded
 * last. Throws RenderError naming what is wrong, or the signal's reason when aborted.
 */
export async function renderVideo(
  jobId: string,
  ports: RendererPorts,
  options: RenderOptions,
): Promise<RenderedVideo> {
  const artifacts = artifactsOf(jobId);
  const workDirectory = join(options.workDirectory, jobId);
  try {
    options.signal.throwIfAborted();
    await mkdir(workDirectory, { recursive: true });
    return await render(artifacts, ports, { ...options, workDirectory });
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof PipelineError) throw error;
    throw new RenderError(`The video of ${jobId} can't be made: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}

async function render(
  artifacts: Artifacts,
  ports: RendererPorts,
  options: RenderOptions,
): Promise<RenderedVideo> {
  const { chapter, panels, script, speech } = await loadInputs(artifacts, ports);
  const timeline = makeTimeline(script, speech);
  const shots = planShots(timeline, panels);
  const covers = rankCovers(panels, script, mostCovers);
  const shown = [...shots, ...covers].map(({ page }) => page);
  const pages = await fetchPages(chapter, shown, ports, options);
  const progress = new Progress(timeline.frames, ports.reportProgress);

  const [sound, rendered] = await together(options.signal, (signal) => [
    makeSound(timeline, { ...options, signal, folder: options.workDirectory, download: ports.download }),
    renderPieces(shots, pages, artifacts, ports, progress, { ...options, signal }),
  ]);

  const inFolder = (name: string) => join(options.workDirectory, name);
  await writeFile(inFolder('captions.srt'), formatSrt(makeCues(timeline.segments)));
  await ports.upload(artifacts.captions, inFolder('captions.srt'), 'application/x-subrip');
  const cover = await chooseCover(covers, pages.file);
  const words = coverText(chapter, script.presentation);
  await drawThumbnail(cover, pages.file(cover.page), words, inFolder('thumbnail.jpg'));
  await ports.upload(artifacts.thumbnail, inFolder('thumbnail.jpg'), 'image/jpeg');

  const video = await joinPieces(rendered, sound, timeline.frames, options);
  await removePieces(rendered);
  options.signal.throwIfAborted();
  await ports.upload(artifacts.video, video, 'video/mp4');
  await progress.finish();
  const { pieces, reused } = rendered;
  return {
    seconds: timeline.frames / framesPerSecond,
    frames: timeline.frames,
    pieces: pieces.length,
    reused,
  };
}

async function joinPieces(
  { pieces }: RenderedPieces,
  sound: string,
  frames: number,
  options: RenderOptions,
): Promise<string> {
  const list = join(options.workDirectory, 'pieces.txt');
  const video = join(options.workDirectory, 'video.mp4');
  await writeFile(list, concatList(pieces));
  await runFfmpeg(joinArguments(list, sound, video), {
    binary: options.ffmpeg,
    timeoutMs: 120_000 + (frames / framesPerSecond) * 200,
    signal: options.signal,
  });
  return video;
}

/** Two works at once; the one that fails first stops the other, and is what the caller hears of. */
async function together<A, B>(
  outer: AbortSignal,
  start: (signal: AbortSignal) => [Promise<A>, Promise<B>],
): Promise<[A, B]> {
  const stop = new AbortController();
  const works = start(AbortSignal.any([outer, stop.signal]));
  for (const work of works) work.catch((error: unknown) => stop.abort(error));
  await Promise.allSettled(works);
  outer.throwIfAborted();
  stop.signal.throwIfAborted();
  return Promise.all(works);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
