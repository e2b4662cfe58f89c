/** Errors of a running state, and the Retry and Catch rules that match them (ASL specification, "Errors"). */

/** A state's failure as Retry, Catch and the history see it. A Fail state can leave out either part. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** The task itself failed, rather than an expression of its state. */
  readonly byTask?: true;
}

/**
 * Thrown by the evaluation code (paths, templates, choices) when it cannot compute a value from the data. The
 * interpreter turns it into a Failure whose cause also names the state and the event in which it happened.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly error: string;
  /** The field that contains the expression. */
  readonly location: string | undefined;

  constructor(error: string, detail: string, location?: string) {
    super(detail);
    this.error = error;
    this.location = location;
  }
}

/** Error of a JSONata state's expressions; it has its own event type. */
export const queryErrorName = 'States.QueryEvaluationError';

/** Start of the message of an expression that AWS's own functions cannot evaluate; an id follows. */
export const internalError = 'internal error during evaluation. ';

export function runtimeError(detail: string): EvaluationError {
  return new EvaluationError('States.Runtime', detail);
}

/** Thrown when the cause is complete and gets no "An error occurred while executing…" prefix. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed';
  readonly failure: Failure;

  constructor(error: string, cause: string) {
    super(cause);
    this.failure = { error, cause };
  }
}

/** The largest output of a state or task that AWS accepts, in bytes of UTF-8 (Step Functions quotas). */
export const dataLimitBytes = 262_144;

/** Error of a task whose heartbeat is late. AWS reports States.Timeout but States.HeartbeatTimeout also matches. */
export const heartbeatError = 'States.Timeout';

/**
 * Returns whether a rule's ErrorEquals matches a failure. States.Runtime can never be caught or retried, not even by
 * name. States.DataLimitExceeded is matched by name; where the result of a task is too large, also by States.ALL.
 * States.TaskFailed matches every other error except States.Timeout.
 */
export function matchesError(
  errorEquals: readonly string[],
  { error = '', byTask }: Failure,
  lateHeartbeat = false,
): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((pattern) => {
    if (pattern === error) return true;
    if (lateHeartbeat && pattern === 'States.HeartbeatTimeout') return true;
    if (error === 'States.DataLimitExceeded') return byTask === true && pattern === 'States.ALL';
    if (pattern === 'States.ALL') return true;
    return pattern === 'States.TaskFailed' && error !== 'States.Timeout';
  });
}
