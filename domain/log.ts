/** One structured log line: the event, as a word that filters match, and its facts. */
export interface LogLine {
  level: 'INFO' | 'WARN' | 'ERROR';
  event: string;
  readonly [fact: string]: unknown;
}

export type Log = (line: LogLine) => void;
