import { createWriteStream, type WriteStream } from 'node:fs';
import { type LogSink, logLines } from '../services/log.ts';

/** The log of this run in a file, so that the terminal stays free for the progress. */
export function openLogFile(file: string): LogSink {
  let stream: WriteStream | undefined;
  return (entry) => {
    // Not before the first line: until then the file may be that of another demo that runs.
    stream ??= createWriteStream(file);
    stream.write(`${logLines(entry).join('\n')}\n`);
  };
}
