import { structuredLog } from './structured-log.ts';

/** Parses the lines that a function writes. */
function linesOf(work: () => void): Record<string, unknown>[] {
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map(({ write }) => write);
  const written: string[] = [];
  for (const stream of streams) stream.write = (chunk: unknown) => written.push(String(chunk)) > 0;
  try {
    work();
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = writes[index] as typeof stream.write;
  }
  return written.map((text) => {
    expect(text).toMatch(/^\{.*\}\n$/);
    return JSON.parse(text);
  });
}

test('writes a line as one JSON object with level, time, service, event and facts', () => {
  const { log } = structuredLog('handle-error');
  const [line, ...others] = linesOf(() =>
    log({ level: 'ERROR', event: 'job_failed', reason: 'two\nlines', job_id: null, count: 0 }),
  );
  expect(others).toEqual([]);
  expect(line).toEqual({
    ...{ level: 'ERROR', event: 'job_failed', service: 'handle-error', reason: 'two\nlines', count: 0 },
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
});

test('adds the facts of a request to its lines, and not to those of the next', () => {
  const { log, setFacts } = structuredLog('fetcher');
  const lines = linesOf(() => {
    setFacts({ request_id: 'one', job_id: 'job-1' });
    log({ level: 'WARN', event: 'title_left_out' });
    setFacts({ request_id: 'two', job_id: undefined });
    log({ level: 'INFO', event: 'title_left_out' });
  });
  expect(lines).toMatchObject([
    { level: 'WARN', request_id: 'one', job_id: 'job-1', trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
    { level: 'INFO', request_id: 'two' },
  ]);
  expect(lines[1]).not.toHaveProperty('job_id');
  expect(lines[1]).not.toHaveProperty('trace_id');
});
