/**
 * The preview of a local cloud: a process that plans and draws what a video would show, without rendering it. It takes
 * requests from the process that started it, one at a time, and ends with it. Its argument is a folder for its files.
 */
import { mkdir, rm } from 'node:fs/promises';
import * as z from 'zod';
import { artifactStore } from '../../../aws/artifact-store.ts';
import { readVariables } from '../../../config/variables.ts';
import { PreviewRequest } from '../../../domain/preview.ts';
import { formatsOf } from '../../../domain/video-format.ts';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { DrawingMemory } from '../drawing/drawing-memory.ts';
import { drawPreview, type PreviewOptions, planPreview } from './preview-video.ts';

const Order = z.object({ number: z.int(), request: PreviewRequest });
const [folder = ''] = process.argv.slice(2);
const env = readVariables(
  'the preview',
  ['S3_BUCKET', 'VIDEO_FORMAT', 'BURN_SUBTITLES', 'FFMPEG_PATH'],
  process.env,
);
const store = artifactStore(env.S3_BUCKET);
const ports = {
  readJson: (key: string) => store.getJson(key, z.unknown()),
  exists: store.exists,
  download: store.download,
};
const memory = new DrawingMemory();

async function prepare(): Promise<PreviewOptions> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return {
    formats: formatsOf(env.VIDEO_FORMAT),
    burnSubtitles: env.BURN_SUBTITLES,
    ffmpeg: await findFfmpeg(env.FFMPEG_PATH),
    workDirectory: folder,
    signal: new AbortController().signal,
  };
}
const prepared = prepare();
prepared.catch(() => {});

async function resultOf(request: PreviewRequest) {
  const options = await prepared;
  const planned = await planPreview(request, ports, options);
  const { picture } = request;
  if (picture) return { picture: await drawPreview(planned, picture, { ports, memory, options }) };
  const { chapter: _, ...plan } = planned;
  return { plan };
}

let last: Promise<unknown> = Promise.resolve();
process.on('message', (message) => {
  const { number, request } = Order.parse(message);
  // One at a time, since they share the drawing memory.
  last = last
    .then(() => resultOf(request))
    .then(
      (result) => process.send?.({ number, ...result }),
      (error: Error) => process.send?.({ number, failure: error.message }),
    );
});
process.on('disconnect', () => process.exit());
