/** Messages from the cloud to a function's thread. */
export type Order = Invocation | CodeChange;

export interface Invocation {
  kind: 'invoke';
  requestId: string;
  /** JSON text, as it came over the wire. */
  payload: string;
  /** Milliseconds since 1970. */
  deadline: number;
  functionArn: string;
}

/** New code or environment. Messages are processed in order, so later invocations run on it. */
export interface CodeChange {
  kind: 'change';
  /** Counts all changes of a cloud. */
  generation: number;
  /** URLs of files with their text; null for a deleted file, or for one to read from the disk again. */
  files: readonly (readonly [string, string | null])[];
  /** The whole environment, if it changed. */
  variables?: Readonly<Record<string, string>>;
}

/** Events of an invocation, for observers. */
export type InvocationEvent =
  | { phase: 'started'; function: string; requestId: string; payload: string }
  | {
      phase: 'ended';
      function: string;
      requestId: string;
      milliseconds: number;
      /** JSON text of the result, or of the error. */
      payload: string;
      error?: FunctionError;
    };

/** A function's failure, in Lambda's format. */
export interface FunctionError {
  errorMessage: string;
  errorType: string;
  trace?: string[];
}

/** Messages from a function's thread to the cloud. */
export type Report =
  | { kind: 'output'; text: string }
  | { kind: 'spawned'; pid: number }
  | { kind: 'exited'; pid: number }
  | { kind: 'result'; payload: string }
  /** The result of a change: whether it affects the function, and the error if its code was refused. */
  | { kind: 'changed'; generation: number; reached: boolean; error?: FunctionError }
  /** `fatal`: the code could not be loaded, so the thread is unusable. */
  | { kind: 'error'; error: FunctionError; fatal: boolean };
