/** A thread of deflate-threads.ts: bytes in, compressed bytes out, in the same order. */
import { parentPort } from 'node:worker_threads';
import { deflateNow } from './deflate-now.ts';

parentPort?.on('message', (bytes: Uint8Array) => {
  const deflated = deflateNow(bytes);
  parentPort?.postMessage(deflated, [deflated.buffer as ArrayBuffer]);
});
