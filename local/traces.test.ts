import { appendFileSync, existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { traceIdOf } from '../domain/trace.ts';
import { span } from '../providers/tracing/span.ts';
import { inTrace } from '../providers/tracing/trace.ts';
import { type Collector, startCollector } from './testing/collector.ts';
import { openTraces } from './traces.ts';

const jobId = 'job-abc123';
let collector: Collector;
let arrived = 0;
beforeAll(async () => {
  collector = await startCollector(() => {
    arrived += 1;
  });
});
afterAll(() => collector.close());

test('keeps the spans that functions and machines of a job send, also over a restart', async () => {
  const traced = { tracing: collector.url, jobId, log: () => {} };
  await inTrace({ ...traced, service: 'ttsgen' }, () =>
    span('voice edge', async () => {}, { characters: 5 }),
  );
  const failed = inTrace({ ...traced, service: 'renderer' }, () =>
    Promise.reject(new Error('out of memory')),
  );
  await expect(failed).rejects.toThrow('out of memory');
  expect(arrived).toBe(2);
  const spans = openTraces(collector.folder).ofJob(jobId);
  expect(spans).toHaveLength(3);
  const [whole, voice, renderer] = ['ttsgen', 'voice edge', 'renderer'].map((name) =>
    spans.find((one) => one.name === name),
  );
  expect(whole).not.toHaveProperty('parent');
  expect(voice).toMatchObject({ parent: whole?.id, service: 'ttsgen', facts: { characters: 5 } });
  expect(renderer).toMatchObject({ service: 'renderer', error: 'Error: out of memory' });
  expect(openTraces(collector.folder).ofJob('job-other')).toEqual([]);
});

test('a line that a killed cloud wrote in part costs its own span only', async () => {
  const lastly = 'job-cut456';
  const send = (service: string) =>
    inTrace({ tracing: collector.url, jobId: lastly, log: () => {}, service }, async () => {});
  await send('fetcher');
  appendFileSync(join(collector.folder, `${traceIdOf(lastly)}.jsonl`), '{"id":"b');
  await send('ttsgen');
  const spans = openTraces(collector.folder).ofJob(lastly);
  expect(spans.map(({ name }) => name).sort()).toEqual(['fetcher', 'ttsgen']);
});

test('keeps a limited number of traces, and none that is too old', async () => {
  const small = await startCollector(undefined, { traces: 2, milliseconds: 60_000 });
  const trace = (name: string) =>
    inTrace({ tracing: small.url, jobId: name, log: () => {}, service: 'fetcher' }, async () => {});
  const left = () =>
    ['job-one', 'job-two', 'job-three', 'job-four'].filter((job) => small.ofJob(job).length > 0);
  const ageBy = (job: string, seconds: number) => {
    const then = new Date(Date.now() - seconds * 1000);
    utimesSync(join(small.folder, `${traceIdOf(job)}.jsonl`), then, then);
  };
  await trace('job-one');
  ageBy('job-one', 10);
  await trace('job-two');
  ageBy('job-two', 5);
  await trace('job-three');
  expect(left()).toEqual(['job-two', 'job-three']);
  ageBy('job-three', 61);
  await trace('job-four');
  expect(left()).toEqual(['job-two', 'job-four']);
  await small.close();
});

test.each([
  ['another type', 'text/plain', '{}', 415],
  ['broken JSON', 'application/json', '{', 400],
  [
    'an id that leads out of the folder',
    'application/json',
    spanWith({ traceId: '../../../../tmp/evil' }),
    400,
  ],
  ['a time with too many digits', 'application/json', spanWith({ endTimeUnixNano: '9'.repeat(400) }), 400],
  [
    'a word as a whole number',
    'application/json',
    spanWith({ attributes: [{ key: 'n', value: { intValue: 'many' } }] }),
    400,
  ],
  ['a word as a time', 'application/json', spanWith({ startTimeUnixNano: 'now' }), 400],
])('refuses %s', async (_, type, body, status) => {
  const response = await fetch(`${collector.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect(response.status).toBe(status);
  expect(existsSync('/tmp/evil.jsonl')).toBe(false);
});

function spanWith(more: object): string {
  const one = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'x' };
  const times = { startTimeUnixNano: '1', endTimeUnixNano: '2' };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...one, ...times, ...more }] }] }] });
}
