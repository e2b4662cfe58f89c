import { createWriteStream, type WriteStream } from 'node:fs';
import type { LogEntry, LogSink } from '../services/log.ts';

/** One line of the cloud's log: time, who, request, text. */
export function logLine({ source, requestId, text }: LogEntry, time = new Date()): string {
  return `${time.toISOString()} [${source}${requestId ? ` ${requestId.slice(0, 8)}` : ''}] ${text}`;
}

/** The log of this run in a file, so that the terminal stays free for the progress. */
export function openLogFile(file: string): LogSink {
  let stream: WriteStream | undefined;
  return (entry) => {
    // Not before the first line: until then the file may be that of another demo that runs.
    stream ??= createWriteStream(file);
    stream.write(`${logLine(entry)}\n`);
  };
}
