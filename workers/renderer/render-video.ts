import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import { rankCovers } from '../../domain/cover.ts';
import { PipelineError, RenderError } from '../../domain/errors.ts';
import type { Shots } from '../../domain/shots.ts';
import { coverText } from '../../domain/video-metadata.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { uploadSubtitles, uploadThumbnail } from './companions.ts';
import { mostCovers } from './cover/thumbnail.ts';
import { fetchPages } from './fetch-pages.ts';
import { loadInputs } from './load-inputs.ts';
import { concatList, joinArguments } from './pieces/piece-arguments.ts';
import { type RenderedPieces, removePieces, renderPieces } from './pieces/render-pieces.ts';
import type { RenderedVideo, RendererPorts, RenderOptions } from './ports.ts';
import { Progress } from './progress.ts';
import { cardsOf } from './shots/cards.ts';
import { planShots } from './shots/plan-shots.ts';
import { placeShot } from './shots/shot.ts';
import { makeSound } from './sound/make-sound.ts';
import { fastestReading, makeCues, readingSpeed } from './subtitles/captions.ts';
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
  const shots = planShots(timeline, panels, {
    formats: options.formats,
    direction: chapter.reading_direction,
    cardOf: cardsOf(chapter),
  });
  const { frames } = timeline;
  await uploadShots({
    job_id: chapter.job_id,
    frames_per_second: framesPerSecond,
    frames,
    shots,
    ...(options.music && { music_credit: options.music.credit }),
  });
  const cues = makeCues(timeline.segments);
  const covers = rankCovers(panels, script, mostCovers);
  const shown = [...shots, ...covers].map(({ page }) => page);
  const pages = await fetchPages(chapter, shown, ports, options);
  const destination = { artifacts, upload: ports.upload, folder: options.workDirectory };
  const progress = new Progress(timeline.frames * options.formats.length, ports.reportProgress);

  // What one core does alone goes on beside the pieces, so that a short video waits for it no more than a long one.
  const [sound, rendered] = await together(options.signal, (signal) => [
    makeSound(timeline, {
      ...{ ffmpeg: options.ffmpeg, signal, folder: options.workDirectory },
      ...{ download: ports.download, music: options.music?.source },
    }).then(async (sound) => {
      await uploadSubtitles(cues, destination);
      await uploadThumbnail(covers, coverText(chapter, script.presentation), pages.file, destination);
      return sound;
    }),
    renderFormats(signal),
  ]);

  // The video that is published goes last: it is what says that the job is rendered.
  for (const [index, pieces] of [...rendered.entries()].reverse()) {
    const video = await joinPieces(pieces, sound, frames, options);
    await removePieces(pieces);
    options.signal.throwIfAborted();
    await ports.upload(index === 0 ? artifacts.video : artifacts.uprightVideo, video, 'video/mp4');
    await rm(video);
  }
  await progress.finish();
  return {
    seconds: frames / framesPerSecond,
    frames,
    pieces: rendered.reduce((sum, { pieces }) => sum + pieces.length, 0),
    reused: rendered.reduce((sum, { reused }) => sum + reused, 0),
    fastSubtitles: cues.filter((cue) => readingSpeed(cue) > fastestReading).length,
    subtitles: cues.length,
  };

  async function uploadShots(content: Shots): Promise<void> {
    const file = join(options.workDirectory, 'shots.json');
    await writeFile(file, JSON.stringify(content));
    await ports.upload(artifacts.shots, file, 'application/json');
  }

  /** One shape after the other, each on all cores. */
  async function renderFormats(signal: AbortSignal): Promise<RenderedPieces[]> {
    const made: RenderedPieces[] = [];
    for (const format of options.formats) {
      const placed = shots.map((shot) => placeShot(shot, format));
      const pictures = { format, shots: placed, pages, burnt: options.burnSubtitles ? cues : undefined };
      made.push(await renderPieces(pictures, artifacts, ports, progress, { ...options, signal }));
    }
    return made;
  }
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
