import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { functionNames } from '../config/functions.ts';
import { functionLog } from './lambda.ts';

test('the lines of a call carry the ids of its request and its job', async () => {
  const { log, logged } = functionLog('handle-error');
  const handler = logged(async () => log({ level: 'ERROR', event: 'job_failed' }));
  const { write } = process.stderr;
  const written: string[] = [];
  process.stderr.write = (chunk: unknown) => written.push(String(chunk)) > 0;
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 1 };
  await handler({ job_id: 'job-abc123' }, context).finally(() => {
    process.stderr.write = write;
  });
  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'job_failed', service: 'handle-error', request_id: 'request-1', job_id: 'job-abc123' },
  ]);
});

test('a function that is given wrong data fails in words, at the place that checked it', async () => {
  const { logged } = functionLog('cleanup');
  const handler = logged(async (event) => z.object({ pages: z.array(z.number()) }).parse(event));
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 1 };
  const error = await handler({ pages: ['x'] }, context).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({
    name: 'ZodError',
    message: 'pages.0: Invalid input: expected number, received string',
    stack: expect.stringMatching(/^ZodError: pages\.0: .*\n +at .*lambda\.test/),
  });
});

test.each(functionNames)('%s fails in that way', (name) => {
  const handler = readFileSync(join(import.meta.dirname, name, 'handler.ts'), 'utf8');
  expect(handler).toMatch(/^export const handler = (?:traced|logged)\(/m);
});
