import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maxWorkerLines, splitWorkerLog, withWorkerLog, workerLogHeading } from './worker-log.ts';

test('a cause carries the last lines of the log, and is separated from them again', () => {
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
  const { cause, log } = splitWorkerLog(withWorkerLog('RenderError: no sound', lines));
  expect(cause).toBe('RenderError: no sound');
  expect(log?.split('\n')).toEqual(lines.slice(-maxWorkerLines));
});

test('a cause with long lines fits into what Step Functions takes, and keeps their end', () => {
  const text = withWorkerLog('x'.repeat(40_000), [`${'y'.repeat(40_000)} the end`]);
  expect(text.length).toBeLessThanOrEqual(32_768);
  expect(text).toMatch(/ the end$/);
});

test('a cause without lines is unchanged', () => {
  expect(withWorkerLog('gone', [])).toBe('gone');
  expect(splitWorkerLog('gone')).toEqual({ cause: 'gone' });
});

test('the boot script writes the same heading', () => {
  const script = readFileSync(join(import.meta.dirname, '../workers/image/boot/report.sh'), 'utf8');
  expect(script).toContain(workerLogHeading.replaceAll('\n', '\\n'));
});
