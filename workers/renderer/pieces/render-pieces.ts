import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from '../../../domain/artifacts.ts';
import type { VideoFormat } from '../../../domain/video-format.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { encoderBuild } from '../encoder-version.ts';
import type { Pages } from '../fetch-pages.ts';
import { subtitleFonts } from '../fonts.ts';
import type { RendererPorts, RenderOptions } from '../ports.ts';
import type { Progress } from '../progress.ts';
import type { PlacedShot } from '../shots/shot.ts';
import { requestsAtOnce, sideBySide } from '../side-by-side.ts';
import { assOf } from '../subtitles/burnt-subtitles.ts';
import type { Cue } from '../subtitles/captions.ts';
import { pieceArguments } from './piece-arguments.ts';
import type { PieceOrder } from './piece-maker.ts';
import { isSealed, sealPiece } from './piece-seal.ts';
import type { Chore, PieceWorkers } from './piece-workers.ts';
import { type Piece, pagesOf, planPieces, type Share } from './plan-pieces.ts';

/** Increased when the same shots would look different (drawing, colours, backdrop), or would be stored in another form. */
const drawingVersion = 7;

/**
 * Number of uploads after which the main thread collects garbage. With seconds between collections, V8 returns unused
 * memory to the kernel; collected at every piece, it keeps 20 MB more.
 */
const collectEvery = 12;

export interface RenderedPieces {
  /** In the order of the video. */
  pieces: { file: string; frames: number }[];
  reused: number;
}

/** One shape of the video. */
export interface Pictures {
  format: VideoFormat;
  shots: readonly PlacedShot[];
  pages: Pages;
  /** Burnt-in subtitles. */
  burnt: readonly Cue[] | undefined;
}

/** Shared input of all pieces. */
export interface Rendering {
  /** Work before and after the pieces, each on a separate core. */
  before: readonly Chore[];
  after: readonly Chore[];
  workers: PieceWorkers;
  artifacts: Artifacts;
  ports: RendererPorts;
  progress: Progress;
  options: RenderOptions;
}

/**
 * Makes every piece available in the bucket and on disk: existing ones are fetched, the others are encoded on all cores
 * and uploaded one by one, so that a lost machine costs seconds. A stored piece that is not whole, or is another one, is reported, made
 * again and replaced.
 */
export async function renderPieces(pictures: Pictures, rendering: Rendering): Promise<RenderedPieces> {
  const { artifacts, ports, progress, options } = rendering;
  const plan = await planWork(pictures, rendering);
  const broken: Piece[] = [];
  await sideBySide(plan.stored, { signal: options.signal, atOnce: requestsAtOnce }, async (piece) => {
    const key = artifacts.renderPiece(piece.hash);
    await ports.download(key, plan.fileOf(piece));
    if (await isSealed(plan.fileOf(piece), piece.hash)) {
      progress.skipFrames(piece.frames);
      return;
    }
    broken.push(piece);
    await ports.reportBroken(key);
  });
  await encodeMissing({ ...plan, missing: [...plan.missing, ...broken] }, pictures, rendering);
  return {
    pieces: plan.pieces.map((piece) => ({ file: plan.fileOf(piece), frames: piece.frames })),
    reused: plan.stored.length - broken.length,
  };
}

/**
 * Stores the pieces of a share that are missing in the bucket, and keeps none on disk. Any number of machines can do that beside
 * each other, or again: a piece has the same bytes wherever it is made. Returns how many were stored, and how many there were before.
 */
export async function storePieces(pictures: Pictures, rendering: Rendering, share: Share) {
  const plan = await planWork(pictures, rendering, share);
  for (const { frames } of plan.stored) rendering.progress.skipFrames(frames);
  await encodeMissing(plan, pictures, rendering, (piece) => rm(plan.fileOf(piece)));
  return { rendered: plan.missing.length, reused: plan.stored.length };
}

interface Work {
  /** In the order of the video. */
  pieces: readonly Piece[];
  stored: readonly Piece[];
  missing: readonly Piece[];
  fileOf: (piece: Piece) => string;
}

async function planWork(
  { format, shots, pages, burnt }: Pictures,
  { artifacts, ports, options }: Rendering,
  share?: Share,
): Promise<Work> {
  const maker = JSON.stringify([drawingVersion, await encoderBuild(options), pieceArguments(format, '')]);
  const content = {
    format,
    pageHash: pages.hash,
    maker,
    ...(burnt && { subtitles: (from: number, frames: number) => assOf(burnt, format, from, frames) }),
  };
  const pieces = planPieces(shots, content, share);
  // The same picture can appear again, such as a title: one piece serves both.
  const distinct = [...new Map(pieces.map((piece) => [piece.hash, piece])).values()];
  // One listing instead of a request for each piece: a video of five hours has 1,800.
  const keys = await ports.versionsBelow(artifacts.renderPieces);
  const isStored = (piece: Piece) => keys.has(artifacts.renderPiece(piece.hash));
  return {
    pieces,
    stored: distinct.filter(isStored),
    missing: distinct.filter((piece) => !isStored(piece)),
    fileOf: ({ hash }) => join(options.workDirectory, `${hash}.mp4`),
  };
}

/** Encodes and uploads what is missing; `uploaded` is called for each piece. */
async function encodeMissing(
  { missing, fileOf }: Work,
  { format, pages }: Pictures,
  { before, after, workers, artifacts, ports, progress, options }: Rendering,
  uploaded: (piece: Piece) => Promise<void> = async () => {},
): Promise<void> {
  const orders: { piece: Piece; order: PieceOrder }[] = [];
  for (const piece of missing) {
    const subtitles = piece.subtitles && `${fileOf(piece)}.ass`;
    if (subtitles) await writeFile(subtitles, piece.subtitles ?? '');
    orders.push({
      piece,
      order: {
        ...orderFor(piece, format, pages, options),
        output: fileOf(piece),
        burnt: subtitles ? { file: subtitles, fonts: subtitleFonts() } : undefined,
      },
    });
  }
  // From here on, encoders need memory as well.
  collectGarbage();
  let count = 0;
  // The longest pieces first, so that all cores finish at about the same time.
  orders.sort((a, b) => b.piece.frames - a.piece.frames);
  await workers.encode(
    [...before, ...orders, ...after],
    async ({ piece }) => {
      await sealPiece(fileOf(piece), piece.hash);
      await ports.upload(artifacts.renderPiece(piece.hash), fileOf(piece), 'video/mp4');
      await uploaded(piece);
      count++;
      if (count % collectEvery === 0) collectGarbage();
    },
    { signal: options.signal, onFrames: (frames) => progress.addFrames(frames) },
  );
}

/** Deletes the local files of the pieces; the bucket has a copy. */
export async function removePieces({ pieces }: RenderedPieces): Promise<void> {
  for (const { file } of pieces) await rm(file, { force: true });
}

function orderFor(
  piece: Piece,
  format: VideoFormat,
  pages: Pages,
  { ffmpeg }: RenderOptions,
): Omit<PieceOrder, 'output' | 'burnt'> {
  const { shots, before, frames } = piece;
  const pageFiles = Object.fromEntries(pagesOf(piece).map((page) => [page, pages.file(page)]));
  return { format, shots, before, frames, pageFiles, ffmpeg };
}
