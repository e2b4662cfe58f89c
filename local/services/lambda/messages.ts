/** What the cloud tells a function's thread. */
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

/** Code or environment that is another from here on. Messages come in order, so what follows runs on it. */
export interface CodeChange {
  kind: 'change';
  /** Counts up over all changes of a cloud. */
  generation: number;
  /** URLs of files with their text; null for one that is gone, or that may be read from the disk again. */
  files: readonly (readonly [string, string | null])[];
  /** The whole environment, when that changed. */
  variables?: Readonly<Record<string, string>>;
}

/** What becomes of an invocation, for whoever watches. */
export type InvocationNews =
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

/** How a function failed, in Lambda's own shape. */
export interface FunctionError {
  errorMessage: string;
  errorType: string;
  trace?: string[];
}

/** What a function's thread tells the cloud. */
export type Report =
  | { kind: 'output'; text: string }
  | { kind: 'spawned'; pid: number }
  | { kind: 'exited'; pid: number }
  | { kind: 'result'; payload: string }
  /** What a change came to: whether it reaches the function, and the error with which its code was refused. */
  | { kind: 'changed'; generation: number; reached: boolean; error?: FunctionError }
  /** `fatal`: the code could not even be loaded, so the thread is of no use. */
  | { kind: 'error'; error: FunctionError; fatal: boolean };
