import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import { coversOf, mostCovers } from '../../domain/cover.ts';
import type { Shot, Shots } from '../../domain/shots.ts';
import { coverText } from '../../domain/video-metadata.ts';
import { span } from '../../providers/tracing/span.ts';
import { atWork } from './at-work.ts';
import { fetchPages } from './fetch-pages.ts';
import { joinPieces } from './pieces/join-pieces.ts';
import type { PieceWorkers } from './pieces/piece-workers.ts';
import { type RenderedPieces, removePieces, renderPieces } from './pieces/render-pieces.ts';
import { planVideo } from './plan-video.ts';
import type { RenderedVideo, RendererPorts, RenderOptions } from './ports.ts';
import { Progress } from './progress.ts';
import { planShort } from './short/plan-short.ts';
import { renderShort } from './short/render-short.ts';
import { placeShot } from './shots/shot.ts';
import { planSound } from './sound/stored-sound.ts';
import { fastestReading, readingSpeed } from './subtitles/captions.ts';
import { framesPerSecond } from './timeline.ts';

export type { RenderedVideo, RendererPorts, RenderOptions } from './ports.ts';

/**
 * Makes the video of a job, its subtitles and its thumbnails from the artifacts in the bucket. Finished pieces are stored
 * there, so an interrupted render continues on another machine; the video itself is uploaded last. Throws RenderError
 * naming the problem, or the signal's reason when aborted.
 */
export function renderVideo(
  jobId: string,
  ports: RendererPorts,
  options: RenderOptions,
): Promise<RenderedVideo> {
  return atWork(jobId, options, (workers, within) => render(artifactsOf(jobId), ports, workers, within));
}

async function render(
  artifacts: Artifacts,
  ports: RendererPorts,
  workers: PieceWorkers,
  options: RenderOptions,
): Promise<RenderedVideo> {
  const { chapter, panels, script, timeline, shots, cues } = await planVideo(artifacts, ports, options);
  const { frames } = timeline;
  await uploadShots({
    job_id: chapter.job_id,
    frames_per_second: framesPerSecond,
    frames,
    shots,
    ...(options.music && { music_credit: options.music.credit }),
  });
  const covers = coversOf(panels, script, mostCovers);
  const words = coverText(chapter, script.presentation);
  // Letters and covers are loaded here, since a function that makes a shard needs neither.
  const [{ letteringOf }, { uploadSubtitles, uploadThumbnails }] = await Promise.all([
    import('./lettering/lettering.ts'),
    import('./companions.ts'),
  ]);
  const { missing } = await letteringOf([...shots.flatMap(wordsOfCard), words]);
  const shown = [...shots, ...covers.ranked, ...(covers.chosen ? [covers.chosen] : [])].map(
    ({ page }) => page,
  );
  const pages = await span('download', () => fetchPages(chapter, shown, ports, options));
  const destination = { artifacts, upload: ports.upload, folder: options.workDirectory };
  const short = options.shorts
    ? planShort({ chapter, panels, timeline, shots, notice: script.synthetic_notice })
    : undefined;
  const shortFrames = typeof short === 'object' ? short.timeline.frames : 0;
  const progress = new Progress(frames * options.formats.length + shortFrames, ports.reportProgress);

  const sound = await planSound(timeline, { artifacts, ports, options });
  // One shape after the other, each on all cores.
  const rendered: RenderedPieces[] = [];
  for (const [index, format] of options.formats.entries()) {
    const placed = shots.map((shot) => placeShot(shot, format));
    const pictures = { format, shots: placed, pages, burnt: options.burnSubtitles ? cues : undefined };
    const first = index === 0;
    const before = first ? sound.measuring : [];
    const after = first ? sound.encoding : [];
    const segments = () =>
      renderPieces(pictures, { before, after, workers, artifacts, ports, progress, options });
    rendered.push(await span('render segments', segments, { format }));
  }
  const soundFile = await sound.join();
  await uploadSubtitles(cues, destination);
  let madeShort: RenderedVideo['short'] = typeof short === 'string' ? { missing: short } : undefined;
  if (typeof short === 'object')
    madeShort = await span('render short', () =>
      renderShort(short, pages, { workers, artifacts, ports, progress, options }),
    );

  // The published video is uploaded last: it marks the job as rendered.
  for (const [index, pieces] of [...rendered.entries()].reverse()) {
    const joining = joinPieces(pieces, soundFile, frames, options);
    // It takes one core, and leaves another to the thumbnails.
    const covering = { jobId: chapter.job_id, covers, words };
    const drawing = index === 0 ? uploadThumbnails(covering, pages.file, destination) : undefined;
    const [video] = await span('join', () => together([joining, drawing]));
    await removePieces(pieces);
    options.signal.throwIfAborted();
    const key = index === 0 ? artifacts.video : artifacts.uprightVideo;
    await span('upload', () => ports.upload(key, video, 'video/mp4'));
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
    short: madeShort,
    undrawnLetters: missing,
  };

  async function uploadShots(content: Shots): Promise<void> {
    const file = join(options.workDirectory, 'shots.json');
    await writeFile(file, JSON.stringify(content));
    await ports.upload(artifacts.shots, file, 'application/json');
  }
}

/** Resolves with all results. After a failure the others end first, so that nothing is written afterwards. */
async function together<T extends readonly unknown[]>(works: readonly [...T]) {
  await Promise.allSettled(works);
  return Promise.all(works);
}

const wordsOfCard = ({ card }: Shot) => (card ? [card.heading, ...card.lines] : []);
