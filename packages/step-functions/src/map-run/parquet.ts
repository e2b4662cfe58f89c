/** Reads the rows of a Parquet file. It is decoded in a thread, since a group of rows can take seconds. */

import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Json } from '../json.ts';
import type { FromDecoder, Range, ToDecoder } from './parquet-protocol.ts';

/** A group of 256 MB and what is decoded from it. */
const memoryMb = 2048;

export interface RangedFile {
  /** Bytes. */
  readonly size: number;
  read(range: Range): Promise<Buffer>;
}

/** Yields one row after the other; reads only the parts of the file that they are in. Throws if it is not Parquet. */
export async function* parquetRows(file: RangedFile): AsyncGenerator<Json> {
  const worker = new Worker(new URL(`./parquet-decoder${extname(import.meta.url)}`, import.meta.url), {
    workerData: file.size,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  worker.unref();
  const send = (message: ToDecoder) => worker.postMessage(message);
  let arrived = Promise.withResolvers<readonly Json[] | undefined>();
  // The thread can fail while its rows are used.
  const fail = (error: Error) => {
    arrived.promise.catch(() => {});
    arrived.reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that decodes a Parquet file ended')));
  worker.on('message', (message: FromDecoder) => {
    if (message.type === 'wants')
      file.read(message.range).then((bytes) => send({ type: 'bytes', id: message.id, bytes }), fail);
    else arrived.resolve(message.type === 'rows' ? message.rows : undefined);
  });
  try {
    for (;;) {
      const rows = await arrived.promise;
      if (rows === undefined) return;
      arrived = Promise.withResolvers();
      yield* rows;
      send({ type: 'next' });
    }
  } finally {
    await worker.terminate();
  }
}
