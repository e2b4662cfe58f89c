/** Serves artifacts and published files to the browser, streamed in the requested ranges. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { artifactsOf } from '../../domain/artifacts.ts';
import { JobId } from '../../domain/job.ts';
import type { CloudAccess } from '../cloud-access.ts';
import { typeOf } from './content-type.ts';
import { Refusal } from './responses.ts';

export async function sendArtifact(
  jobId: string,
  path: string,
  access: CloudAccess,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { root } = artifactsOf(JobId.parse(jobId));
  if (path.split('/').some((part) => part === '..' || part === ''))
    throw new Refusal(400, 'That is not an artifact');
  await sendObject(`${root}${path}`, access, request, response);
}

/** Sends any object of the bucket. */
export async function sendObject(
  path: string,
  access: CloudAccess,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { range } = request.headers;
  const found = await access.object(path, range ? { range } : {});
  if (!found.ok && found.status !== 416)
    throw new Refusal(found.status, `${path.slice(0, 200)} does not exist, or no longer exists`);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-type', typeOf(path));
  for (const name of ['content-length', 'content-range', 'etag']) {
    const value = found.headers.get(name);
    if (value) response.setHeader(name, value);
  }
  response.writeHead(found.status);
  if (!found.body) return void response.end();
  // A player that seeks aborts its request; that is not an error.
  await pipeline(Readable.fromWeb(found.body as ReadableStream), response).catch(() => response.destroy());
}

export async function sendFile(
  file: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new Refusal(404, 'That file does not exist, or no longer exists');
  const range = rangeOf(request.headers.range, found.size);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-type', typeOf(file));
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${found.size}`);
    return void response.writeHead(416).end();
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  response.setHeader('content-length', end - start + 1);
  if (range) response.setHeader('content-range', `bytes ${start}-${end}/${found.size}`);
  response.writeHead(range ? 206 : 200);
  await pipeline(createReadStream(file, { start, end }), response).catch(() => response.destroy());
}

/** Parses `bytes=0-99`, `bytes=100-` or `bytes=-50`; any other value requests the whole file. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!from && !to) return undefined;
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}
