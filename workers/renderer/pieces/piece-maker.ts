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

/** One thread for pictures, since each maker has a core. */
sharp.concurrency(1);
sharp.cache(false);

/** Timeout for a frame of the encoder. */
const timeoutPerFrameMs = 1000;
const reportEvery = 30;
/** Number of pieces after which the thread collects garbage. */
const collectEvery = 2;

/** Draws and encodes pieces in the thread that calls it, one at a time, so they share one memory. */
export class PieceMaker {
  readonly #memory = new DrawingMemory();
  #made = 0;

  /** Makes the file of a piece. `onDrawn` gets the number of frames drawn so far. */
  async make(order: PieceOrder, signal: AbortSignal, onDrawn: (frames: number) => void): Promise<void> {
    await runFfmpeg(pieceArguments(order.format, order.output, order.burnt), {
      binary: order.ffmpeg,
      timeoutMs: 60_000 + order.frames * timeoutPerFrameMs,
      signal,
      environment: encoderEnvironment,
      input: this.#frames(order, onDrawn),
    });
    this.#made++;
    if (this.#made % collectEvery === 0) collectGarbage();
  }

  async *#frames(order: PieceOrder, onDrawn: (frames: number) => void) {
    let drawn = 0;
    for await (const frame of drawPiece(order, this.#memory)) {
      yield frame;
      drawn++;
      if (drawn % reportEvery === 0) onDrawn(drawn);
    }
  }
}
