/** One entry of the log: its source, and its invocation. */
export interface LogEntry {
  /** A function, an instance or a service: `visits`, `machine i-0ab1…`, `ec2`. */
  source: string;
  requestId?: string;
  text: string;
}
export type LogSink = (entry: LogEntry) => void;

/**
 * Formats an entry as lines with time, source, request id and text. Each line of a longer text repeats them, so that
 * grep finds it.
 */
export function logLines({ source, requestId, text }: LogEntry, time = new Date()): string[] {
  const head = `${time.toISOString()} [${source}${requestId ? ` ${requestId.slice(0, 8)}` : ''}]`;
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `${head} ${line}`);
}

/** Splits a stream of text into lines; `end` passes on an unfinished last line. */
export function lineSplitter(onLine: (line: string) => void) {
  let rest = '';
  return {
    write(text: string) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line.replace(/\r$/, ''));
    },
    end() {
      if (rest) onLine(rest);
      rest = '';
    },
  };
}
