import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StateEntry } from 'step-functions-local';
import { chooseEntry, entryTable } from './starting-point.ts';

const entry = (state: string, visit: number, input: string | undefined = '{}'): StateEntry => ({
  state,
  visit,
  input,
  eventId: visit,
  variables: {},
});
const entries = [entry('Fetch', 1), entry('Check', 1), entry('Fetch', 2, '{"job_id":"job-2"}')];

describe('FROM', () => {
  test('names a visit of a state, the last one by default', () => {
    expect(chooseEntry(entries, 'Fetch').visit).toBe(2);
    expect(chooseEntry(entries, 'Fetch#1').visit).toBe(1);
  });

  test('rejects an invalid state and lists the valid ones', () => {
    expect(() => chooseEntry(entries, 'Sleep')).toThrow('it entered: Fetch, Check');
    expect(() => chooseEntry(entries, 'Fetch#3')).toThrow('entered Fetch only 2 times, not 3');
    const cut = [{ ...entry('Fetch', 1), input: undefined }];
    expect(() => chooseEntry(cut, 'Fetch#1')).toThrow('AWS truncated the input of Fetch');
  });

  test('lists its choices, numbered when a state was entered again', () => {
    expect(entryTable(entries)).toBe('  Fetch#1  {}\n  Check    {}\n  Fetch#2  {"job_id":"job-2"}');
  });
});

test.each([
  [
    'of another shape',
    '{"events":[{"id":1,"type":"PassStateEntered","timestamp":1}]}',
    'its first event is not ExecutionStarted',
  ],
  [
    'printed as text',
    'EVENTS\t1\t0\t2026-11-30T13:00:00+00:00\tExecutionStarted\nEVENTS\t2\n',
    'it is not JSON, or only a part of it: get it with --output json',
  ],
])('a history %s ends with one line before anything is started', async (_, text, reason) => {
  const directory = mkdtempSync(join(tmpdir(), 'replay-'));
  const file = join(directory, 'history.json');
  writeFileSync(file, text);
  const program = new URL('../../scripts/manga.ts', import.meta.url).pathname;
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const run = promisify(execFile)(process.execPath, [program, 'invoke', 'replay'], {
    cwd: directory,
    env: { PATH, NODE_COMPILE_CACHE, NODE_NO_WARNINGS: '1', HISTORY: file },
  });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: `replay: HISTORY is invalid: ${reason}\n`,
  });
  rmSync(directory, { recursive: true });
});
