/** One line of what happened: who said it, and for which invocation. */
export interface LogEntry {
  /** A function, an instance or a service: `scriptgen`, `renderer i-0ab1…`, `ec2`. */
  source: string;
  requestId?: string;
  text: string;
}
export type LogSink = (entry: LogEntry) => void;

/** One line of the cloud's log: time, who, request, text. */
export function logLine({ source, requestId, text }: LogEntry, time = new Date()): string {
  return `${time.toISOString()} [${source}${requestId ? ` ${requestId.slice(0, 8)}` : ''}] ${text}`;
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
