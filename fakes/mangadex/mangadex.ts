import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, listen } from '../local-server.ts';
import { type FakeTitle, feedBody, mangaBody, pagingProblem, uploadBody } from './catalogue.ts';
import { happens, noFaults } from './faults.ts';
import { startImageNetwork } from './image-network.ts';
import { limitations, sendError, sendJson } from './rules.ts';

export interface FakeMangaDexOptions {
  titles: readonly FakeTitle[];
  /** Time in ms since 1970, for base URLs and limits. */
  now?: () => number;
  /** Limit of the API and the image servers together; MangaDex allows 5. */
  requestsPerSecond?: number;
  atHomePerMinute?: number;
  /** Time until an image server begins to respond. */
  imageLatencyMs?: number;
}

export interface SeenRequest {
  server: 'api' | 'image';
  path: string;
  at: number;
  status: number;
}

/**
 * Starts MangaDex's API, two image servers of its network and the report endpoint, each on a port of this machine, with the
 * documented rules enforced: User-Agent, no Via, both rate limits, base URLs of 15 minutes, content ratings.
 */
export async function startFakeMangaDex(options: FakeMangaDexOptions) {
  const { titles, now = Date.now, requestsPerSecond = 5, atHomePerMinute = 40, imageLatencyMs = 0 } = options;
  const faults = noFaults();
  const seen: SeenRequest[] = [];
  const isRefused = limitations({ requestsPerSecond, atHomePerMinute }, faults, now);
  const uploads = new Map(
    titles.flatMap((title) => title.uploads.map((upload) => [upload.id, { title, upload }] as const)),
  );

  const noting =
    (server: SeenRequest['server']) =>
    (answer: Answer): Answer =>
    (request, response) => {
      const at = now();
      response.once('close', () =>
        seen.push({ server, path: request.url ?? '', at, status: response.statusCode }),
      );
      return answer(request, response);
    };
  const network = await startImageNetwork({
    uploads: [...uploads.values()].map(({ upload }) => upload),
    faults,
    now,
    latencyMs: imageLatencyMs,
    isRefused,
    noting: noting('image'),
  });

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
      const problem = pagingProblem(searchParams);
      if (problem) sendError(response, 400, problem);
      else sendJson(response, 200, feedBody(title, searchParams, now()));
    } else if (kind === 'manga' && title && !third) entity(mangaBody(title, searchParams));
    else if (kind === 'chapter' && found) entity(uploadBody(found.title.id, found.upload, searchParams));
    else if (kind === 'at-home' && found && !found.upload.externalUrl) {
      sendJson(response, 200, network.assign(found.upload));
    } else sendError(response, 404, 'not_found_http_exception');
  }
  const api = await listen(noting('api')(answerApi));

  return {
    /** Settings of a source that uses this fake. */
    settings: { apiUrl: api.url, reportUrl: network.reportUrl, allowLoopback: true },
    faults,
    /** Every request to the API and the image servers, with the status of its response. */
    seen,
    /** Reports that the endpoint received. */
    reports: network.reports,
    dead: network.dead,
    stop: async () => {
      await Promise.all([api.stop(), network.stop()]);
    },
  };
}
export type FakeMangaDex = Awaited<ReturnType<typeof startFakeMangaDex>>;
