import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type FakeTitle,
  type FakeUpload,
  feedBody,
  filesOf,
  mangaBody,
  uploadBody,
} from './fake-mangadex-catalogue.ts';
import { happens, noFaults } from './fake-mangadex-faults.ts';
import { limitations, sendError, sendJson } from './fake-mangadex-rules.ts';
import { type Answer, deadAddress, listen } from './local-server.ts';

export interface FakeMangaDexOptions {
  titles: readonly FakeTitle[];
  /** ms since 1970; base URLs and limits go by it. */
  now?: () => number;
  /** Of the API and the image servers together; MangaDex allows 5. */
  requestsPerSecond?: number;
  atHomePerMinute?: number;
  /** Until an image server begins to answer. */
  imageLatencyMs?: number;
}

export interface SeenRequest {
  server: 'api' | 'image';
  path: string;
  at: number;
  status: number;
}

const baseUrlLifetime = 15 * 60_000;

/**
 * MangaDex's API, two image servers of its network and the report endpoint, each on a port of this machine, with the
 * documented rules enforced: User-Agent, no Via, both rate limits, base URLs of 15 minutes, content ratings.
 */
export async function startFakeMangaDex(options: FakeMangaDexOptions) {
  const { titles, now = Date.now, requestsPerSecond = 5, atHomePerMinute = 40, imageLatencyMs = 0 } = options;
  const faults = noFaults();
  const seen: SeenRequest[] = [];
  const reports: Record<string, unknown>[] = [];
  const isRefused = limitations({ requestsPerSecond, atHomePerMinute }, faults, now);
  /** Token in a base URL → the moment it was given out. */
  const tokens = new Map<string, number>();
  const reportedHosts = new Set<string>();
  let atHomeAnswers = 0;

  const uploads = new Map<string, { title: FakeTitle; upload: FakeUpload }>(
    titles.flatMap((title) => title.uploads.map((upload) => [upload.id, { title, upload }] as const)),
  );
  // Made once: hashing them for each request would be the slowest part of it.
  const files = new Map([...uploads].map(([id, { upload }]) => [id, filesOf(upload)]));
  const filesBelow = (id: string, quality: string) =>
    [...(files.get(id)?.keys() ?? [])].flatMap((path) =>
      path.startsWith(quality) ? [path.slice(quality.length)] : [],
    );
  const hashOf = (id: string) =>
    createHash('md5')
      .update(id + (atHomeAnswers > faults.replacedAfter ? ' replaced' : ''))
      .digest('hex');

  function atHome(response: ServerResponse, upload: FakeUpload) {
    atHomeAnswers += 1;
    const token = crypto.randomUUID();
    tokens.set(token, now());
    const healthy = images.map(({ url }) => url).filter((url) => !reportedHosts.has(url));
    const host = faults.deadHost && !reportedHosts.has(dead) ? dead : (healthy[0] ?? images[0]?.url ?? '');
    sendJson(response, 200, {
      result: 'ok',
      baseUrl: `${host}/${token}`,
      chapter: {
        hash: hashOf(upload.id),
        data: filesBelow(upload.id, 'data/'),
        dataSaver: filesBelow(upload.id, 'data-saver/'),
      },
    });
  }

  function answerApi(request: IncomingMessage, response: ServerResponse): void {
    if (isRefused(request, response)) return;
    const status = faults.apiStatuses.shift();
    if (status !== undefined) {
      sendError(response, status, 'fault');
      return;
    }
    if (happens(faults, 'garbage')) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Just a moment…</html>');
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://fake');
    const [, kind = '', second = '', third = ''] = pathname.split('/');
    const title = titles.find(({ id }) => id === second);
    const found = uploads.get(kind === 'at-home' ? third : second);
    const entity = (data: unknown) => sendJson(response, 200, { result: 'ok', response: 'entity', data });
    if (kind === 'manga' && title && third === 'feed') {
      sendJson(response, 200, feedBody(title, searchParams, now()));
    } else if (kind === 'manga' && title && !third) entity(mangaBody(title));
    else if (kind === 'chapter' && found) entity(uploadBody(found.title.id, found.upload));
    else if (kind === 'at-home' && found && !found.upload.externalUrl) atHome(response, found.upload);
    else sendError(response, 404, 'not_found_http_exception');
  }

  async function answerImage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isRefused(request, response)) return;
    if (imageLatencyMs > 0) await delay(imageLatencyMs);
    const [, token = '', quality, hash, file] = (request.url ?? '').split('/');
    const givenAt = tokens.get(token);
    if (givenAt === undefined || now() - givenAt >= baseUrlLifetime) {
      response.writeHead(403).end('Token expired');
      return;
    }
    const status = faults.imageStatuses.shift();
    const uploadId = [...uploads.keys()].find((id) => hashOf(id) === hash) ?? '';
    const image = files.get(uploadId)?.get(`${quality}/${file}`);
    if (status !== undefined || !image) {
      response.writeHead(status ?? 404).end();
      return;
    }
    const body = Buffer.from(happens(faults, 'emptyImages') ? [] : image);
    if (happens(faults, 'wrongHashes')) body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    const headers = { 'content-type': 'image/png', 'content-length': body.length, 'x-cache': 'HIT' };
    response.writeHead(200, headers);
    if (happens(faults, 'cutImages')) {
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    } else response.end(body);
  }

  async function answerReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const report = (await json(request)) as Record<string, unknown>;
    reports.push(report);
    const host = new URL(String(report.url)).origin;
    if (report.success === false) reportedHosts.add(host);
    response.writeHead(faults.reportsFail ? 500 : 200).end();
  }

  const noting =
    (server: SeenRequest['server'], answer: Answer) =>
    (request: IncomingMessage, response: ServerResponse) => {
      const at = now();
      response.once('close', () =>
        seen.push({ server, path: request.url ?? '', at, status: response.statusCode }),
      );
      return answer(request, response);
    };
  const api = await listen(noting('api', answerApi));
  const images = [await listen(noting('image', answerImage)), await listen(noting('image', answerImage))];
  const report = await listen(answerReport);
  const dead = await deadAddress();

  return {
    /** For the source's settings. */
    settings: { apiUrl: api.url, reportUrl: `${report.url}/report`, allowLoopback: true },
    faults,
    /** Every request to the API and the image servers, with its answer's status. */
    seen,
    reports,
    dead,
    stop: async () => {
      await Promise.all([api, ...images, report].map(({ stop }) => stop()));
    },
  };
}
export type FakeMangaDex = Awaited<ReturnType<typeof startFakeMangaDex>>;
