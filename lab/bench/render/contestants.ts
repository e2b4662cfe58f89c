import { join } from 'node:path';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import type { PieceToDraw } from '../../../workers/renderer/drawing/draw-piece.ts';
import { encoderEnvironment, pieceArguments } from '../../../workers/renderer/pieces/piece-arguments.ts';
import { PieceWorkers } from '../../../workers/renderer/pieces/piece-workers.ts';
import type { ShotPart } from '../../../workers/renderer/shots/shot.ts';
import { framesPerSecond } from '../../../workers/renderer/timeline.ts';
import type { Setting } from './setting.ts';

export interface Round extends Setting {
  ffmpeg: string;
  cores: number;
}
type Piece = Setting['pieces'][number];

/** Returns the path of the finished frames of a piece. */
export const rawFile = ({ folder }: Setting, { index }: Piece) => join(folder, `${index}.yuv`);
/** Returns the path of a contestant's video of a piece. */
export const videoFile = ({ folder }: Setting, name: string, { index }: Piece) =>
  join(folder, `${name}-${index}.mp4`);

/** The renderer's encoder options, without the source of frames. */
const encoding = (output: string) => {
  const args = pieceArguments('16:9', output);
  return args.slice(args.indexOf('-an'));
};

/** Makes every piece once, as many concurrently as there are cores. */
async function onAllCores({ pieces, cores }: Round, make: (piece: Piece) => Promise<unknown>): Promise<void> {
  const queue = pieces.values();
  const work = async () => {
    for (const piece of queue) await make(piece);
  };
  await Promise.all(Array.from({ length: cores }, work));
}

const timeoutMs = 900_000;

interface Threads {
  filters: string[];
  encoder: string[];
}
const oneThread: Threads = {
  filters: ['-filter_threads', '1', '-filter_complex_threads', '1'],
  encoder: ['-threads', '1'],
};
const ownThreads: Threads = { filters: [], encoder: ['-threads', '0'] };

type DrawnShot = ShotPart & { file: string };
const shotOf = (shot: ShotPart, { pageFiles }: PieceToDraw): DrawnShot => ({
  ...shot,
  file: pageFiles[shot.page] ?? '',
});

/** Moves each panel over its own blur, enlarged first, which guides recommend against the jitter of `zoompan`. */
function zoompan({ ffmpeg }: Round, shots: readonly DrawnShot[], output: string, threads: Threads) {
  const chains = shots.map(({ art, frames, first, end }, index) => {
    const cut = `[${index}:v]crop=${art.w}:${art.h}:${art.x}:${art.y},split[a${index}][b${index}]`;
    const back = `[a${index}]scale=1920:1080:force_original_aspect_ratio=increase,crop=1920:1080,boxblur=20:2,eq=brightness=-0.3[c${index}]`;
    const front = `[b${index}]scale=1920:1080:force_original_aspect_ratio=decrease[d${index}]`;
    const whole = `[c${index}][d${index}]overlay=(W-w)/2:(H-h)/2,setsar=1,scale=8000:-2`;
    return `${cut};${back};${front};${whole},zoompan=z='1+0.05*(on+${first})/${frames}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${end - first}:s=1920x1080:fps=${framesPerSecond}[v${index}]`;
  });
  const joined = shots.map((_, index) => `[v${index}]`).join('');
  const graph = `${chains.join(';')};${joined}concat=n=${shots.length}:v=1:a=0,format=yuv420p[v]`;
  const inputs = shots.flatMap(({ file }) => ['-i', file]);
  const settings = encoding(output);
  settings.splice(settings.indexOf('-threads'), 2, ...threads.encoder);
  const args = [...inputs, ...threads.filters, '-filter_complex', graph, '-map', '[v]', ...settings];
  return runFfmpeg(args, { binary: ffmpeg, timeoutMs });
}

export const contestants = {
  /** x264 alone: the same frames, precomputed, with the same settings and environment. */
  limit: (round: Round) =>
    onAllCores(round, (piece) => {
      const args = pieceArguments('16:9', videoFile(round, 'limit', piece));
      const fromFile = args.map((arg) => (arg === 'pipe:0' ? rawFile(round, piece) : arg));
      return runFfmpeg(fromFile, { binary: round.ffmpeg, timeoutMs, environment: encoderEnvironment });
    }),

  /** This project's renderer. */
  renderer: async ({ pieces, cores, ffmpeg, ...round }: Round) => {
    const workers = new PieceWorkers(cores);
    await workers.encode(
      pieces.map((piece) => {
        const output = videoFile({ pieces, ...round }, 'renderer', piece);
        return { order: { ...piece.draw, frames: piece.frames, ffmpeg, output, burnt: undefined } };
      }),
      async () => {},
      { signal: new AbortController().signal, onFrames: () => {} },
    );
    await workers.close();
  },

  /** The usual script: one FFmpeg with its default threads moves every panel with `zoompan`. */
  zoompan: (round: Round) => {
    const shots = round.pieces.flatMap(({ draw }) => draw.shots.map((shot) => shotOf(shot, draw)));
    const [first] = round.pieces;
    if (!first) throw new Error('There is nothing to render');
    return zoompan(round, shots, videoFile(round, 'zoompan', first), ownThreads);
  },

  /** The same graph, parallelized like the others: its pieces in parallel, one thread each. */
  'zoompan, split': (round: Round) =>
    onAllCores(round, (piece) => {
      const shots = piece.draw.shots.map((shot) => shotOf(shot, piece.draw));
      return zoompan(round, shots, videoFile(round, 'zoompan-split', piece), oneThread);
    }),

  /** The seed's renderer: whole still pages between black bars, 24 frames per second. */
  stills: (round: Round) =>
    onAllCores(round, async (piece) => {
      const { shots, pageFiles } = piece.draw;
      const seconds = piece.frames / framesPerSecond;
      const page = pageFiles[shots[0]?.page ?? 1] ?? '';
      const input = ['-loop', '1', '-framerate', '24', '-t', seconds.toFixed(3), '-i', page];
      const bars =
        'scale=1920:1080:force_original_aspect_ratio=decrease,pad=1920:1080:(ow-iw)/2:(oh-ih)/2,format=yuv420p';
      const output = videoFile(round, 'stills', piece);
      await runFfmpeg([...input, '-vf', bars, ...encoding(output)], { binary: round.ffmpeg, timeoutMs });
    }),
} satisfies Record<string, (round: Round) => Promise<unknown>>;

export type Contestant = keyof typeof contestants;
