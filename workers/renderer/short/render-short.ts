import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pages } from '../fetch-pages.ts';
import { joinPieces } from '../pieces/join-pieces.ts';
import { type Rendering, renderPieces } from '../pieces/render-pieces.ts';
import { placeShot } from '../shots/shot.ts';
import { planSound } from '../sound/stored-sound.ts';
import { makeCues } from '../subtitles/captions.ts';
import type { PlannedShort } from './plan-short.ts';

const format = '9:16';

type ShortRendering = Omit<Rendering, 'before' | 'after'>;

/**
 * Renders and uploads a Short, and short.json after it. Its pieces and its sound are stored as those of the video. The video counts
 * without it, so a failure is returned as the reason why there is none. Throws the signal's reason when aborted.
 */
export async function renderShort(
  planned: PlannedShort,
  pages: Pages,
  rendering: ShortRendering,
): Promise<{ seconds: number } | { missing: string }> {
  try {
    await render(planned, pages, rendering);
    return { seconds: planned.about.seconds };
  } catch (error) {
    rendering.options.signal.throwIfAborted();
    return { missing: `it can't be made: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function render(
  { timeline, shots, notice, about }: PlannedShort,
  pages: Pages,
  rendering: ShortRendering,
): Promise<void> {
  const { artifacts, ports } = rendering;
  const folder = join(rendering.options.workDirectory, 'short');
  const options = { ...rendering.options, workDirectory: folder };
  await mkdir(folder, { recursive: true });
  const sound = await planSound(timeline, { artifacts, ports, options });
  const pieces = await renderPieces(
    {
      format,
      shots: shots.map((shot) => placeShot(shot, format)),
      pages,
      // It is watched without sound more often than not, and is published without a subtitle file.
      burnt: [...(notice ? [notice] : []), ...makeCues(timeline.segments)],
    },
    { ...rendering, before: sound.measuring, after: sound.encoding, options },
  );
  const video = await joinPieces(pieces, await sound.join(), timeline.frames, options);
  await ports.upload(artifacts.shortVideo, video, 'video/mp4');
  const file = join(folder, 'short.json');
  await writeFile(file, JSON.stringify(about));
  await ports.upload(artifacts.short, file, 'application/json');
  await rm(folder, { recursive: true });
}
