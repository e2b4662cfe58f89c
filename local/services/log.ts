/** One line of what happened: who said it, and for which invocation. */
export interface LogEntry {
  /** A function, an instance or a service: `scriptgen`, `renderer i-0ab1…`, `ec2`. */
  source: string;
  requestId?: string;
  text: string;
}
export type LogSink = (entry: LogEntry) => void;

/** The lines of the cloud's log: time, who, request, text; each line of a longer text has all of it, so that grep finds it. */
export function logLines({ source, requestId, text }: LogEntry, time = new Date()): string[] {
  const head = `${time.toISOString()} [${source}${requestId ? ` ${requestId.slice(0, 8)}` : ''}]`;
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `${head} ${line}`);
}

/** Cuts a stream of text into lines; a last line without an end is handed on by `end`. */
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
