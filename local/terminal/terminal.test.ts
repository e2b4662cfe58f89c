import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import type { JournalEntry } from '../journal.ts';
import { duration } from './duration.ts';
import { forTerminal } from './for-terminal.ts';
import { listenForKeys } from './keys.ts';
import { lineFilter, linesOf } from './lines.ts';

const at = '2026-02-07T10:00:00.000Z';
const requestId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const entry = (type: JournalEntry['type'], data: object) => ({ id: 1, at, type, data }) as JournalEntry;

test.each<[JournalEntry, string[]]>([
  [entry('log', { source: 'scriptgen', requestId, text: 'page 1' }), ['[scriptgen 0f8fad5b] page 1']],
  [
    entry('log', { source: 'cleanup', requestId, text: 'ZodError: [\n  {}\n]' }),
    ['[cleanup 0f8fad5b] ZodError: [', '[cleanup 0f8fad5b]   {}', '[cleanup 0f8fad5b] ]'],
  ],
  [
    entry('invocation', { phase: 'started', function: 'cleanup', requestId, payload: '{"job_id":"job-1"}' }),
    ['[cleanup 0f8fad5b] START {"job_id":"job-1"}'],
  ],
  [
    entry('invocation', { phase: 'ended', function: 'cleanup', requestId, payload: '{}', milliseconds: 12 }),
    ['[cleanup 0f8fad5b] END ok after 12 ms: {}'],
  ],
  [
    entry('execution', {
      executionArn: 'arn:aws:states:us-east-1:1:execution:m:run-1',
      event: { id: 2, type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'FetchManga' } },
    }),
    ['[states run-1] → FetchManga'],
  ],
  [
    entry('execution', {
      executionArn: 'arn:aws:states:us-east-1:1:execution:m:run-1',
      event: { id: 3, type: 'TaskFailed', taskFailedEventDetails: { error: 'E', cause: 'no\nway' } },
    }),
    ['[states run-1] TaskFailed E: no way'],
  ],
  [
    entry('reload', {
      what: 'code',
      files: ['domain/job.ts'],
      functions: ['cleanup', 'fetcher'],
      milliseconds: 7,
    }),
    ['[reload] domain/job.ts → cleanup, fetcher (7 ms)'],
  ],
  [
    entry('problems', {
      check: 'flow',
      problems: [{ file: 'asl/a.json', line: 3, column: 9, message: 'no' }],
    }),
    ['[reload] flow: asl/a.json:3:9 no', '[reload] flow: the last good version keeps running'],
  ],
  [entry('problems', { check: 'flow', problems: [] }), ['[reload] flow: fixed']],
])('formats an entry as plain lines with their time: %#', (shown, lines) => {
  expect(linesOf(shown)).toEqual(lines.map((line) => `${at} ${line}`));
});

test('shows only entered states and ends of executions', () => {
  const event = { id: 3, type: 'TaskScheduled', taskScheduledEventDetails: {} };
  expect(linesOf(entry('execution', { executionArn: 'a', event }))).toEqual([]);
});

test('a filter shows lines that contain one of its texts, and every problem in the sources', () => {
  const shown = lineFilter('ScriptGen, 0f8fad5b');
  const log = (source: string, id: string) => entry('log', { source, requestId: id, text: 'x' });
  expect(shown(log('scriptgen', '1'))).toHaveLength(1);
  expect(shown(log('ttsgen', requestId))).toHaveLength(1);
  expect(shown(log('ttsgen', '1'))).toEqual([]);
  const problem = { file: 'domain/job.ts', line: 3, column: 9, message: 'no' };
  expect(shown(entry('problems', { check: 'code', problems: [problem] }))).toHaveLength(2);
  expect(lineFilter(undefined)(log('ttsgen', '1'))).toHaveLength(1);
});

test('a terminal shows local times, colours for sources and red failures; the words stay', () => {
  const plain = '2026-02-07T10:00:00.123Z [cleanup 0f8fad5b] END failed after 12 ms: {}';
  const shown = forTerminal(plain, true);
  const local = new Date('2026-02-07T10:00:00.123Z').toLocaleTimeString('sv');
  expect(stripVTControlCharacters(shown)).toBe(`${local}.123 [cleanup 0f8fad5b] END failed after 12 ms: {}`);
  expect(shown).toContain('\x1b[31mEND failed');
  expect(forTerminal(plain, false)).toBe(stripVTControlCharacters(shown));
  expect(forTerminal('two words', true)).toBe('two words');
});

test('a terminal shows structured lines as words, with warnings and errors in colour', () => {
  const shown = (level: string) => {
    const text = JSON.stringify({
      level,
      timestamp: 't',
      service: 's',
      request_id: 'r',
      event: 'page_read',
      page: 2,
      by: 'ocr',
    });
    return forTerminal(`2026-02-07T10:00:00.123Z [scriptgen 0f8fad5b] ${text}`, true);
  };
  expect(stripVTControlCharacters(shown('INFO'))).toMatch(/\[scriptgen 0f8fad5b\] page_read page=2 by=ocr$/);
  expect(shown('WARN')).toContain('\x1b[33mWARN page_read');
  expect(shown('ERROR')).toContain('\x1b[31mERROR page_read');
  const hostile = JSON.stringify({ level: 'INFO', event: 'x', title: '\x1b[2J\x9b2J' });
  expect(forTerminal(`2026-02-07T10:00:00.123Z [fetcher] ${hostile}`, false)).toMatch(
    / title=\\u001b\[2J\\u009b2J$/,
  );
  const other = '2026-02-07T10:00:00.123Z [cleanup] {"a":';
  expect(stripVTControlCharacters(forTerminal(other, true))).toMatch(/\[cleanup\] \{"a":$/);
});

test.each([
  [0.4, '0 s'],
  [59, '59 s'],
  [100, '1:40'],
  [3_725, '1:02:05'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

describe('keys', () => {
  const terminal = (isTTY: boolean) => {
    const input = new PassThrough();
    return Object.assign(input, { isTTY, setRawMode: () => input }) as unknown as ReadStream & PassThrough;
  };
  const typed = (input: PassThrough, keys: string) =>
    new Promise((resolve) => {
      input.write(keys);
      setTimeout(resolve, 5);
    });

  test('run one at a time; Ctrl-C still stops, and a failure is reported', async () => {
    const input = terminal(true);
    const done: string[] = [];
    const keys = [
      { key: 's', does: 'start', run: () => done.push('started') },
      { key: 'r', does: 'repeat', run: () => Promise.reject(new Error('nothing to repeat')) },
    ];
    const end = listenForKeys(
      input,
      keys,
      (text) => done.push(text),
      () => done.push('interrupted'),
    );
    await typed(input, 's?r\u0003');
    expect(done).toEqual(['interrupted', 'started', 'repeat: nothing to repeat']);
    end();
    await typed(input, 's');
    expect(done).toHaveLength(3);
  });

  test('are ignored without a terminal', () => {
    const input = terminal(false);
    listenForKeys(input, [], () => {});
    expect(input.listenerCount('data')).toBe(0);
  });
});
