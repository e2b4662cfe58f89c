/** Messages between the service and the thread that has the processes. */

/** A request for one of the processes, which are numbered; without a request the process ends. */
export interface EvaluatorMessage {
  readonly process: number;
  readonly request: string | undefined;
}

export interface EvaluatorResponse {
  readonly process: number;
  readonly response: string;
}
