/** One structured line of the log: what happened, as a word that filters match, and the facts of it. */
export interface LogLine {
  level: 'INFO' | 'WARN' | 'ERROR';
  event: string;
  readonly [fact: string]: unknown;
}

export type Log = (line: LogLine) => void;
