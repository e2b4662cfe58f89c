import type { Problem } from 'local-aws';
import { type LogEntry, logLines } from 'local-aws';
import type { HistoryEvent } from 'step-functions-local';
import type { JournalEntry } from '../journal.ts';

const longestPayload = 160;

/** Returns the lines that the terminal shows for an entry, each with time, source and request. */
export function linesOf(entry: JournalEntry): string[] {
  return textsOf(entry).flatMap((line) => logLines(line, new Date(entry.at)));
}

/** Returns the same as log entries. */
export function textsOf(entry: JournalEntry): LogEntry[] {
  const line = (source: string, text: string, requestId?: string) => ({
    source,
    text,
    ...(requestId !== undefined && { requestId }),
  });
  switch (entry.type) {
    case 'log':
      return [entry.data];
    case 'invocation': {
      const { function: name, requestId, payload } = entry.data;
      if (entry.data.phase === 'started') return [line(name, `START ${shortened(payload)}`, requestId)];
      return [
        line(
          name,
          `END ${entry.data.error ? 'failed' : 'ok'} after ${entry.data.milliseconds} ms: ${shortened(payload)}`,
          requestId,
        ),
      ];
    }
    case 'execution': {
      const text = eventText(entry.data.event);
      return text === undefined
        ? []
        : [line('states', text, entry.data.executionArn.split(':').at(-1) ?? '')];
    }
    case 'reload': {
      const { what, files, functions, milliseconds } = entry.data;
      const of = files.length > 0 ? files.join(', ') : what;
      const to = functions.length > 0 ? ` → ${functions.join(', ')}` : '';
      return [line('reload', `${of}${to} (${milliseconds} ms)`)];
    }
    case 'problems': {
      const { check, problems } = entry.data;
      if (problems.length === 0) return [line('reload', `${check}: fixed`)];
      const serving =
        check === 'types' ? [] : [line('reload', `${check}: the last good version keeps running`)];
      return [...problems.map((problem) => line('reload', `${check}: ${problemText(problem)}`)), ...serving];
    }
    case 'fault': {
      const { fault, phase, target } = entry.data;
      return [line('chaos', `${fault} ${phase}${target ? `: ${target}` : ''}`)];
    }
    case 'clock': {
      const { now, speed } = entry.data;
      return [
        line(
          'clock',
          `it is ${now}, ${speed === 1 ? 'at its usual speed' : speed === 0 ? 'standing still' : `running ${speed} times as fast`}`,
        ),
      ];
    }
  }
}

/** Formats `file:line:column`, which editors and terminals link. */
export function problemText({ file, line, column, message }: Problem): string {
  const place = [file, ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])])].join(
    ':',
  );
  return `${place} ${message.split('\n', 1)[0]}`;
}

/** Returns the entered states and the end of the execution; the console has the rest of the history. */
function eventText(event: HistoryEvent): string | undefined {
  const { type } = event;
  if (type === 'ExecutionStarted') return 'started';
  const entered = type.endsWith('StateEntered') ? event.stateEnteredEventDetails : undefined;
  if (entered) return `→ ${entered.name}`;
  if (!/^Execution|Failed$|TimedOut$/.test(type)) return undefined;
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1] as
    | { error?: string; cause?: string }
    | undefined;
  const reason = [details?.error, details?.cause].filter(Boolean).join(': ').replace(/\s+/g, ' ');
  return reason ? `${type} ${shortened(reason)}` : type;
}

function shortened(text: string): string {
  return text.length > longestPayload ? `${text.slice(0, longestPayload)}…` : text;
}

/**
 * Returns a function that gives the lines of an entry that contain one of the comma-separated texts; an empty filter accepts all,
 * and problems in the sources are always shown.
 */
export function lineFilter(filter = ''): (entry: JournalEntry) => string[] {
  const wanted = filter
    .split(',')
    .map((text) => text.trim().toLowerCase())
    .filter(Boolean);
  const isWanted = (line: string) => wanted.some((text) => line.toLowerCase().includes(text));
  return (entry) =>
    wanted.length === 0 || entry.type === 'problems' ? linesOf(entry) : linesOf(entry).filter(isWanted);
}
