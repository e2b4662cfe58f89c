/** An error in the sources or their deployment; the last good version keeps running. */
export interface Problem {
  file: string;
  /** Line and column count from 1. */
  line?: number;
  column?: number;
  message: string;
}

/** All current problems of one check; empty when they are fixed. */
export interface Problems {
  check: 'code' | 'types' | 'flow' | 'settings';
  problems: Problem[];
}

/** Code, a state machine or the deployment's settings were reloaded; `functions` has the labels of changed functions. */
export interface Reloaded {
  what: 'code' | 'flow' | 'settings';
  files: string[];
  functions: string[];
  milliseconds: number;
}
