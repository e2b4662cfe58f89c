import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { Chapter } from '../../../domain/chapter.ts';
import { ArtifactInvalid } from '../../../domain/errors.ts';
import { Panels } from '../../../domain/page.ts';
import type { PreviewPlan, PreviewRequest } from '../../../domain/preview.ts';
import { Script } from '../../../domain/script.ts';
import { withEdits } from '../../../domain/script-edits.ts';
import { Speech } from '../../../domain/speech.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { drawPiece } from '../drawing/draw-piece.ts';
import type { DrawingMemory } from '../drawing/drawing-memory.ts';
import { fetchPages } from '../fetch-pages.ts';
import { subtitleFonts } from '../fonts.ts';
import { loadArtifact } from '../load-inputs.ts';
import type { RendererPorts, RenderOptions } from '../ports.ts';
import { cardsOf } from '../shots/cards.ts';
import { planShots } from '../shots/plan-shots.ts';
import { placeShot, transitionFrames } from '../shots/shot.ts';
import { assOf } from '../subtitles/burnt-subtitles.ts';
import { makeCues } from '../subtitles/captions.ts';
import { framesPerSecond, makeTimeline } from '../timeline.ts';
import { estimateSpeech } from './estimate-speech.ts';
import { pictureArguments } from './picture-arguments.ts';

export interface PreviewPorts extends Pick<RendererPorts, 'readJson' | 'download'> {
  exists(key: string): Promise<boolean>;
}
export type PreviewOptions = Pick<
  RenderOptions,
  'formats' | 'burnSubtitles' | 'ffmpeg' | 'workDirectory' | 'signal'
>;

/**
 * Plans the video of a job from the artifacts that exist: its script and panels at least. Speech that is missing is
 * estimated. Throws ArtifactInvalid or RenderError naming the problem.
 */
export async function planPreview(
  { job_id, edits }: PreviewRequest,
  ports: PreviewPorts,
  { formats, burnSubtitles }: Pick<PreviewOptions, 'formats' | 'burnSubtitles'>,
): Promise<PreviewPlan & { chapter: Chapter }> {
  const artifacts = artifactsOf(job_id);
  const [chapter, panels, stored, spoken] = await Promise.all([
    loadArtifact(artifacts.chapter, Chapter, ports),
    loadArtifact(artifacts.panels, Panels, ports),
    loadArtifact(artifacts.script, Script, ports),
    ports
      .exists(artifacts.speech)
      .then((exists) => (exists ? loadArtifact(artifacts.speech, Speech, ports) : undefined)),
  ]);
  const script = withEdits(stored, edits);
  const { speech, estimated } = estimateSpeech(script, spoken, chapter);
  const timeline = makeTimeline(script, speech);
  const shots = planShots(timeline, panels, {
    formats,
    direction: chapter.reading_direction,
    cardOf: cardsOf(chapter, script.synthetic_notice),
  });
  return {
    chapter,
    frames_per_second: framesPerSecond,
    frames: timeline.frames,
    shots,
    cues: makeCues(timeline.segments),
    estimated,
    burnt: burnSubtitles,
  };
}

/** Draws one frame as the renderer would, as a JPEG of half the video's size. */
export async function drawPreview(
  { chapter, shots, cues, burnt }: Awaited<ReturnType<typeof planPreview>>,
  { format, frame }: NonNullable<PreviewRequest['picture']>,
  { ports, memory, options }: { ports: PreviewPorts; memory: DrawingMemory; options: PreviewOptions },
): Promise<Buffer> {
  const at = shots.findLastIndex(({ first_frame }) => first_frame <= frame);
  const shot = shots[at];
  if (!shot || frame >= shot.first_frame + shot.frames)
    throw new ArtifactInvalid(`The video would have no frame ${frame}`);
  const placed = placeShot(shot, format);
  const first = frame - shot.first_frame;
  const previous = shots[at - 1];
  const before = previous && first < transitionFrames(placed) ? placeShot(previous, format) : undefined;
  const folder = join(options.workDirectory, 'picture');
  await mkdir(folder, { recursive: true });
  try {
    const shown = [placed.page, ...(before ? [before.page] : [])];
    const pages = await fetchPages(chapter, shown, ports, { ...options, workDirectory: folder });
    const pageFiles = Object.fromEntries(shown.map((page) => [page, pages.file(page)]));
    const drawn = drawPiece(
      { format, shots: [{ ...placed, first, end: first + 1 }], before, pageFiles },
      memory,
    );
    const ass = burnt ? assOf(cues, format, frame, 1) : undefined;
    const file = join(folder, 'subtitles.ass');
    if (ass) await writeFile(file, ass);
    const output = join(folder, 'picture.jpg');
    await runFfmpeg(pictureArguments(format, output, ass ? { file, fonts: subtitleFonts() } : undefined), {
      ...{ binary: options.ffmpeg, timeoutMs: 60_000, signal: options.signal, input: drawn },
    });
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
