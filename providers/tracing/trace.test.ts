import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { LogLine } from '../../domain/log.ts';
import { jobSpanIdOf, traceIdOf } from '../../domain/trace.ts';
import { span } from './span.ts';
import { inTrace } from './trace.ts';

interface Sent {
  resourceSpans: {
    resource: { attributes: unknown };
    scopeSpans: { spans: Record<string, unknown>[] }[];
  }[];
}

const jobId = 'job-abc123';
const lines: LogLine[] = [];
const bodies: Sent[] = [];
let status = 200;
let server: Server;
let tracing: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    expect(request.url).toBe('/v1/traces');
    bodies.push((await json(request)) as Sent);
    response.writeHead(status).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  tracing = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close().closeAllConnections());
beforeEach(() => {
  status = 200;
  bodies.splice(0);
  lines.splice(0);
});

const trace = <T>(work: () => Promise<T>, more = {}) =>
  inTrace({ tracing, jobId, service: 'ttsgen', log: (line) => void lines.push(line), ...more }, work);
const spans = () => bodies.flatMap(({ resourceSpans }) => resourceSpans[0]?.scopeSpans[0]?.spans ?? []);

test('sends the spans of a call below the one of its job, in one trace', async () => {
  const result = await trace(
    () => span('voice edge', () => span('request', async () => 42), { characters: 12, cached: false }),
    { facts: { request_id: 'r-1' } },
  );
  expect(result).toBe(42);
  const [request, voice, whole] = spans();
  expect(whole).toMatchObject({
    name: 'ttsgen',
    parentSpanId: jobSpanIdOf(jobId),
    kind: 1,
    status: { code: 0 },
  });
  expect(voice).toMatchObject({
    name: 'voice edge',
    parentSpanId: whole?.spanId,
    attributes: [
      { key: 'characters', value: { intValue: '12' } },
      { key: 'cached', value: { boolValue: false } },
    ],
  });
  expect(request).toMatchObject({ name: 'request', parentSpanId: voice?.spanId });
  expect(new Set(spans().map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(jobId)]));
  for (const { spanId, startTimeUnixNano } of spans()) {
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(startTimeUnixNano).toMatch(/^\d{19}$/);
  }
  expect(bodies[0]?.resourceSpans[0]?.resource.attributes).toEqual([
    { key: 'service.name', value: { stringValue: 'ttsgen' } },
  ]);
});

test('sends failed work with its error, which is thrown', async () => {
  await expect(trace(() => span('model', () => Promise.reject(new Error('no answer'))))).rejects.toThrow(
    'no answer',
  );
  expect(spans()).toMatchObject([
    { name: 'model', status: { code: 2, message: 'Error: no answer' } },
    { name: 'ttsgen', status: { code: 2 } },
  ]);
});

test('sends the boot of a machine', async () => {
  await trace(async () => {}, { bootedAt: Date.now() - 20_000 });
  expect(spans().map(({ name }) => name)).toEqual(['boot', 'ttsgen']);
});

test('a collector that refuses or is gone costs a line in the log and nothing else', async () => {
  status = 503;
  expect(await trace(async () => 'done')).toBe('done');
  expect(await trace(async () => 'done', { tracing: 'http://127.0.0.1:9' })).toBe('done');
  expect(lines).toMatchObject([
    { level: 'WARN', event: 'trace_not_sent', reason: expect.stringContaining('HTTP 503') },
    { level: 'WARN', event: 'trace_not_sent' },
  ]);
});

test('without tracing, work is only run', async () => {
  expect(await trace(() => span('voice', async () => 7), { tracing: 'off' })).toBe(7);
  expect(bodies).toEqual([]);
});
