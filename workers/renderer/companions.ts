import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Artifacts } from '../../domain/artifacts.ts';
import type { Covers } from '../../domain/cover.ts';
import type { JobId } from '../../domain/job.ts';
import { mostThumbnails, type Thumbnail, type Thumbnails } from '../../domain/thumbnails.ts';
import { headlineOf } from './cover/cover-lettering.ts';
import { chooseCovers, drawThumbnail, thumbnailSize } from './cover/thumbnail.ts';
import type { RendererPorts } from './ports.ts';
import { type Cue, formatSrt, formatVtt } from './subtitles/captions.ts';

/** Folder and bucket of the files. */
export interface Destination {
  artifacts: Artifacts;
  upload: RendererPorts['upload'];
  folder: string;
}

/** Writes and uploads the subtitles in both formats. */
export async function uploadSubtitles(
  cues: readonly Cue[],
  { artifacts, upload, folder }: Destination,
): Promise<void> {
  const forms = [
    { key: artifacts.captions, text: formatSrt(cues), name: 'captions.srt', type: 'application/x-subrip' },
    { key: artifacts.webCaptions, text: formatVtt(cues), name: 'captions.vtt', type: 'text/vtt' },
  ];
  for (const { key, text, name, type } of forms) {
    await writeFile(join(folder, name), text);
    await upload(key, join(folder, name), type);
  }
}

/**
 * Draws and uploads the thumbnails: the most promising panels, with text over each. What they show is uploaded last. Throws RenderError
 * naming a page.
 */
export async function uploadThumbnails(
  { jobId, covers, words }: { jobId: JobId; covers: Covers; words: string },
  pageFile: (page: number) => string,
  { artifacts, upload, folder }: Destination,
): Promise<void> {
  const thumbnails: Thumbnail[] = [];
  const headline = await headlineOf(words, thumbnailSize);
  for (const cover of await chooseCovers(covers, pageFile, mostThumbnails, headline)) {
    const key = artifacts.thumbnail(thumbnails.length + 1);
    const file = join(folder, basename(key));
    await drawThumbnail(cover, pageFile(cover.page), headline, file);
    await upload(key, file, 'image/jpeg');
    thumbnails.push({ key, page: cover.page, panel: cover.panel.id, score: cover.score });
  }
  const drawn: Thumbnails = { job_id: jobId, thumbnails };
  const file = join(folder, basename(artifacts.thumbnails));
  await writeFile(file, JSON.stringify(drawn));
  await upload(artifacts.thumbnails, file, 'application/json');
}
