/** The code of one worker thread: draws and encodes the pieces that it receives, one at a time. */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { drawPiece, type PieceToDraw } from '../drawing/draw-piece.ts';
import { DrawingMemory } from '../drawing/drawing-memory.ts';
import { type BurntSubtitles, encoderEnvironment, pieceArguments } from './piece-arguments.ts';

export interface PieceOrder extends PieceToDraw {
  ffmpeg: string;
  output: string;
  frames: number;
  burnt: BurntSubtitles | undefined;
}
export type PieceCommand = { order: PieceOrder } | { stop: true };
export type PieceReport = { drawn: number } | { finished: true } | { failure: string };

/** One thread, since each worker has a core. */
sharp.concurrency(1);
sharp.cache(false);

/** Timeout for a frame of the encoder. */
const timeoutPerFrameMs = 1000;
const reportEvery = 30;
/** Number of pieces after which the thread collects garbage. */
const collectEvery = 2;

/** Pieces are made one at a time, so they share one memory. */
const memory = new DrawingMemory();
const stopping = new AbortController();
let made = 0;

async function make(order: PieceOrder): Promise<void> {
  async function* frames() {
    let drawn = 0;
    for await (const frame of drawPiece(order, memory)) {
      yield frame;
      drawn++;
      if (drawn % reportEvery === 0) report({ drawn });
    }
  }
  await runFfmpeg(pieceArguments(order.format, order.output, order.burnt), {
    binary: order.ffmpeg,
    timeoutMs: 60_000 + order.frames * timeoutPerFrameMs,
    signal: stopping.signal,
    environment: encoderEnvironment,
    input: frames(),
  });
  made++;
  if (made % collectEvery === 0) collectGarbage();
}

const report = (message: PieceReport) => parentPort?.postMessage(message);

parentPort?.on('message', (command: PieceCommand) => {
  if ('stop' in command) {
    stopping.abort();
    return;
  }
  make(command.order).then(
    () => report({ finished: true }),
    (error: unknown) => report({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
