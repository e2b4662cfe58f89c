/** Messages between the service and the thread that has the processes. */

/** A request for one of the processes, which are numbered; without a request the process ends. */
export interface EvaluatorMessage {
  readonly process: number;
  readonly request: string | undefined;
}

/**
 * Characters of the JSON of all results of a request, which the service reads within some milliseconds. A field that holds them would be
 * longer than AWS's limit.
 */
export const longestResults = 1_000_000;
export const tooLong = `the result is longer than ${longestResults} characters`;

export interface EvaluatorResponse {
  readonly process: number;
  readonly response: string;
}
