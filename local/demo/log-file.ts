import { createWriteStream, type WriteStream } from 'node:fs';
import { type LogSink, logLines } from 'local-aws';

/** Writes the log of this run to a file, so that the terminal is free for the progress. */
export function openLogFile(file: string): LogSink {
  let stream: WriteStream | undefined;
  return (entry) => {
    // Opened at the first line, because until then the file can belong to another running demo.
    stream ??= createWriteStream(file);
    stream.write(`${logLines(entry).join('\n')}\n`);
  };
}
