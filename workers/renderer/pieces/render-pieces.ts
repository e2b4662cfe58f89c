import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from '../../../domain/artifacts.ts';
import type { VideoFormat } from '../../../domain/shots.ts';
import { runProcess } from '../../../providers/media/run-process.ts';
import { collectGarbage } from '../collect-garbage.ts';
import type { Pages } from '../fetch-pages.ts';
import { subtitleFonts } from '../fonts.ts';
import type { RendererPorts, RenderOptions } from '../ports.ts';
import type { Progress } from '../progress.ts';
import type { PlacedShot } from '../shots/shot.ts';
import { sideBySide } from '../side-by-side.ts';
import { assOf } from '../subtitles/burnt-subtitles.ts';
import type { Cue } from '../subtitles/captions.ts';
import { pieceArguments } from './piece-arguments.ts';
import type { PieceOrder } from './piece-worker.ts';
import type { Chore, PieceWorkers } from './piece-workers.ts';
import { type Piece, planPieces } from './plan-pieces.ts';

/** Increased when the same shots would look different: drawing, colours, backdrop. */
const drawingVersion = 6;

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
interface Rendering {
  /** Run between pieces, each on a separate core. */
  chores: readonly Chore[];
  workers: PieceWorkers;
  artifacts: Artifacts;
  ports: RendererPorts;
  progress: Progress;
  options: RenderOptions;
}

/**
 * Makes every piece available in the bucket and on disk: existing ones are fetched, the others are encoded on all cores
 * and uploaded one by one, so that a lost machine costs seconds. Chores run in between.
 */
export async function renderPieces(
  { format, shots, pages, burnt }: Pictures,
  { chores, workers, artifacts, ports, progress, options }: Rendering,
): Promise<RenderedPieces> {
  const maker = JSON.stringify([drawingVersion, await versionOf(options), pieceArguments(format, '')]);
  const pieces = planPieces(shots, {
    format,
    pageHash: pages.hash,
    maker,
    ...(burnt && { subtitles: (from, frames) => assOf(burnt, format, from, frames) }),
  });
  const fileOf = (piece: Piece) => join(options.workDirectory, `${piece.hash}.mp4`);
  // The same picture can appear again, such as a title: one piece serves both.
  const distinct = [...new Map(pieces.map((piece) => [piece.hash, piece])).values()];

  // One listing instead of a request for each piece: a video of five hours has 1,800.
  const stored = await ports.keysBelow(artifacts.renderPieces);
  const isStored = (piece: Piece) => stored.has(artifacts.renderPiece(piece.hash));
  await sideBySide(distinct.filter(isStored), options.signal, async (piece) => {
    await ports.download(artifacts.renderPiece(piece.hash), fileOf(piece));
    progress.skipFrames(piece.frames);
  });
  const missing: { piece: Piece; order: PieceOrder }[] = [];
  for (const piece of distinct) {
    if (isStored(piece)) continue;
    const subtitles = piece.subtitles && `${fileOf(piece)}.ass`;
    if (subtitles) await writeFile(subtitles, piece.subtitles ?? '');
    missing.push({
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
  let uploaded = 0;
  const lengthOf = (work: Chore | { piece: Piece }) => ('piece' in work ? work.piece.frames : work.frames);
  await workers.encode(
    // The longest pieces first, so that all cores finish at about the same time.
    [...missing, ...chores].sort((a, b) => lengthOf(b) - lengthOf(a)),
    async ({ piece }) => {
      await ports.upload(artifacts.renderPiece(piece.hash), fileOf(piece), 'video/mp4');
      uploaded++;
      if (uploaded % collectEvery === 0) collectGarbage();
    },
    { signal: options.signal, onFrames: (frames) => progress.addFrames(frames) },
  );
  return {
    pieces: pieces.map((piece) => ({ file: fileOf(piece), frames: piece.frames })),
    reused: distinct.length - missing.length,
  };
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
  const shown = [...shots, ...(before ? [before] : [])].map(({ page }) => page);
  const pageFiles = Object.fromEntries(shown.map((page) => [page, pages.file(page)]));
  return { format, shots, before, frames, pageFiles, ffmpeg };
}

/** Pieces of two encoders must not be joined, so a piece's name includes its encoder. */
async function versionOf({ ffmpeg, signal }: RenderOptions): Promise<string> {
  let version = '';
  const onOutput = (chunk: Buffer) => {
    if (version.length < 4096) version += chunk.toString('utf8');
  };
  await runProcess(ffmpeg, ['-version'], { timeoutMs: 20_000, signal, onOutput });
  return version.slice(0, version.indexOf('\n'));
}
