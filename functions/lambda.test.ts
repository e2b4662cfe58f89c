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
