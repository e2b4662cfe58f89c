/** The thread that decodes one Parquet file; `workerData` is the size of the file in bytes. */

import { parentPort, workerData } from 'node:worker_threads';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type Compressors, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { Json } from '../json.ts';
import type { FromDecoder, ToDecoder } from './parquet-protocol.ts';

/** Limits of AWS (Step Functions guide, ItemReader). */
const longestFooter = 5 * 1024 * 1024;
const longestRowGroup = 256 * 1024 * 1024;
/** Rows of one message. */
const rowsAtOnce = 200;

const port = parentPort;
if (!port) throw new Error('A Parquet file is decoded in a thread');

const waiting = new Map<number, (bytes: Uint8Array) => void>();
let goOn = () => {};
port.on('message', (message: ToDecoder) => {
  if (message.type === 'next') goOn();
  else waiting.get(message.id)?.(message.bytes);
});
const send = (message: FromDecoder) => port.postMessage(message);

let lastId = 0;
const byteLength = workerData as number;
const file = {
  byteLength,
  async slice(start: number, end = byteLength): Promise<ArrayBuffer> {
    if (end - start > longestRowGroup)
      throw new Error('A row group of the Parquet file is larger than 256 MB');
    lastId += 1;
    const id = lastId;
    const bytes = await new Promise<Uint8Array>((resolve) => {
      waiting.set(id, resolve);
      send({ type: 'wants', id, range: { start, end } });
    });
    waiting.delete(id);
    return new Uint8Array(bytes).buffer;
  },
};
/** Snappy is part of the library. */
const compressors: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: length }),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: length }),
};

const metadata = await parquetMetadataAsync(file);
if (metadata.metadata_length > longestFooter)
  throw new Error('The footer of the Parquet file is larger than 5 MB');
let rowStart = 0;
for (const { num_rows, total_byte_size } of metadata.row_groups) {
  if (total_byte_size > longestRowGroup)
    throw new Error('A row group of the Parquet file is larger than 256 MB');
  const rowEnd = rowStart + Number(num_rows);
  const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    const next = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    send({ type: 'rows', rows: rows.slice(first, first + rowsAtOnce).map(toJson) });
    await next;
  }
  rowStart = rowEnd;
}
send({ type: 'end' });
port.close();

/** Dates are texts in ISO 8601, bytes are base64, and integers are numbers. */
function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'boolean' ? value : String(value);
}
