import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from '../../domain/artifacts.ts';
import type { Cover } from '../../domain/cover.ts';
import { chooseCover, drawThumbnail } from './cover/thumbnail.ts';
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

/** Draws and uploads the thumbnail: the liveliest panel with text over it. Throws RenderError naming a page. */
export async function uploadThumbnail(
  covers: readonly Cover[],
  words: string,
  pageFile: (page: number) => string,
  { artifacts, upload, folder }: Destination,
): Promise<void> {
  const file = join(folder, 'thumbnail.jpg');
  const cover = await chooseCover(covers, pageFile);
  await drawThumbnail(cover, pageFile(cover.page), words, file);
  await upload(artifacts.thumbnail, file, 'image/jpeg');
}
