import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { type Answer, deadAddress, listen } from '../local-server.ts';
import { type FakeUpload, filesOf } from './catalogue.ts';
import { happens, type MangaDexFaults } from './faults.ts';

/** Required report of each image (docs, 04-chapter, the report endpoint). */
const Report = z.strictObject({
  url: z.url(),
  success: z.boolean(),
  bytes: z.number().int().nonnegative(),
  duration: z.number().int().nonnegative(),
  cached: z.boolean(),
});

const baseUrlLifetime = 15 * 60_000;

export interface ImageNetworkOptions {
  uploads: readonly FakeUpload[];
  faults: MangaDexFaults;
  now: () => number;
  /** Time until a server begins to respond. */
  latencyMs: number;
  /** Responds to a request that breaks a rule. */
  isRefused(request: IncomingMessage, response: ServerResponse): boolean;
  /** Wraps a handler to record its response. */
  noting(answer: Answer): Answer;
}

/** Starts MangaDex@Home: two image servers, base URLs that live for 15 minutes, and reports that take a server out. */
export async function startImageNetwork(options: ImageNetworkOptions) {
  const { uploads, faults, now, latencyMs, isRefused, noting } = options;
  const reports: z.infer<typeof Report>[] = [];
  /** Time at which each token of a base URL was issued. */
  const tokens = new Map<string, number>();
  const reportedHosts = new Set<string>();
  // Made once: hashing them for each request would be its slowest part.
  const files = new Map(uploads.map((upload) => [upload.id, filesOf(upload)]));
  const hashOf = (id: string) =>
    createHash('md5')
      .update(id + (tokens.size > faults.replacedAfter ? ' replaced' : ''))
      .digest('hex');

  async function answerImage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isRefused(request, response)) return;
    if (latencyMs > 0) await delay(latencyMs);
    const [, token = '', quality, hash, file] = (request.url ?? '').split('/');
    const givenAt = tokens.get(token);
    if (givenAt === undefined || now() - givenAt >= baseUrlLifetime) {
      response.writeHead(403).end('Token expired');
      return;
    }
    const status = faults.imageStatuses.shift();
    const uploadId = [...files.keys()].find((id) => hashOf(id) === hash) ?? '';
    const image = files.get(uploadId)?.get(`${quality}/${file}`);
    if (status !== undefined || !image) {
      response.writeHead(status ?? 404).end();
      return;
    }
    const body = Buffer.from(happens(faults, 'emptyImages') ? [] : image);
    if (happens(faults, 'wrongHashes')) body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': body.length, 'x-cache': 'HIT' });
    if (happens(faults, 'cutImages')) {
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    } else response.end(body);
  }

  async function answerReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const report = Report.safeParse(await json(request));
    if (!report.success) {
      response.writeHead(400).end();
      return;
    }
    reports.push(report.data);
    if (!report.data.success) reportedHosts.add(new URL(report.data.url).origin);
    response.writeHead(faults.reportsFail ? 500 : 200).end();
  }

  const servers = [await listen(noting(answerImage)), await listen(noting(answerImage))];
  const report = await listen(answerReport);

  return {
    reportUrl: `${report.url}/report`,
    reports,
    /** An origin that accepts no connections. */
    dead: await deadAddress(),

    /** Returns the response of /at-home/server/{id}: a server that was not reported, as long as there is one. */
    assign({ id }: FakeUpload) {
      const token = crypto.randomUUID();
      tokens.set(token, now());
      const bad = faults.badHost && !reportedHosts.has(faults.badHost) ? faults.badHost : undefined;
      const host = bad ?? (servers.find(({ url }) => !reportedHosts.has(url)) ?? servers[0])?.url;
      const below = (folder: string) =>
        [...(files.get(id)?.keys() ?? [])].flatMap((path) =>
          path.startsWith(folder) ? [path.slice(folder.length)] : [],
        );
      const chapter = { hash: hashOf(id), data: below('data/'), dataSaver: below('data-saver/') };
      return { result: 'ok', baseUrl: `${host}/${token}`, chapter };
    },

    stop: async () => {
      await Promise.all([...servers, report].map(({ stop }) => stop()));
    },
  };
}
