import { logLine } from './lambda.ts';

test('a structured line is bare JSON: filters of CloudWatch read nothing else', () => {
  const { write } = process.stdout;
  const written: unknown[] = [];
  process.stdout.write = (chunk: unknown) => written.push(chunk) > 0;
  logLine({ event: 'job_failed', message: 'two\nlines' });
  process.stdout.write = write;
  expect(written).toEqual(['{"event":"job_failed","message":"two\\nlines"}\n']);
});
