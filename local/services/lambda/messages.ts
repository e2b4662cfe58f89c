/** What the cloud tells a function's thread. */
export interface Invocation {
  requestId: string;
  /** JSON text, as it came over the wire. */
  payload: string;
  /** Milliseconds since 1970. */
  deadline: number;
  functionArn: string;
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
  /** `fatal`: the code could not even be loaded, so the thread is of no use. */
  | { kind: 'error'; error: FunctionError; fatal: boolean };
