/** The code of one worker thread: makes the pieces that it receives, one at a time. */
import { parentPort } from 'node:worker_threads';
import { PieceMaker, type PieceOrder } from './piece-maker.ts';

export type PieceCommand = { order: PieceOrder } | { stop: true };
export type PieceReport = { drawn: number } | { finished: true } | { failure: string };

const maker = new PieceMaker();
const stopping = new AbortController();

const report = (message: PieceReport) => parentPort?.postMessage(message);

parentPort?.on('message', (command: PieceCommand) => {
  if ('stop' in command) {
    stopping.abort();
    return;
  }
  maker
    .make(command.order, stopping.signal, (drawn) => report({ drawn }))
    .then(
      () => report({ finished: true }),
      (error: unknown) => report({ failure: error instanceof Error ? error.message : String(error) }),
    );
});
