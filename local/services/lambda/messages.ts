/** What the cloud tells a function's thread. */
export interface Invocation {
  requestId: string;
  /** JSON text, as it came over the wire. */
  payload: string;
  /** Milliseconds since 1970. */
  deadline: number;
  functionArn: string;
}

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
