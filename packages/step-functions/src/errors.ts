/** Errors of a running state, and which Retry and Catch rules they match (ASL specification, "Errors"). */

/** A state's failure as Retry, Catch and the history see it. A Fail state may leave out either part. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/**
 * Thrown by pure evaluation code (paths, templates, choices) when the data at hand does not allow an answer. The
 * interpreter turns it into a Failure whose cause also says which state and which event it happened in.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly error: string;
  /** The field that an expression stands in. */
  readonly location: string | undefined;

  constructor(error: string, detail: string, location?: string) {
    super(detail);
    this.error = error;
    this.location = location;
  }
}

/** What goes wrong in a JSONata state's expressions; it has an event of its own. */
export const QUERY_ERROR = 'States.QueryEvaluationError';

export function runtimeError(detail: string): EvaluationError {
  return new EvaluationError('States.Runtime', detail);
}

/** Thrown where the whole cause is known and takes no "An error occurred while executing…" in front. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed';
  readonly failure: Failure;

  constructor(error: string, cause: string) {
    super(cause);
    this.failure = { error, cause };
  }
}

/** Output of a state or task, in bytes of UTF-8, that AWS accepts (Step Functions quotas). */
export const DATA_LIMIT_BYTES = 262_144;

/** Error of a task whose heartbeat is late: AWS reports States.Timeout, and also lets States.HeartbeatTimeout match. */
export const HEARTBEAT_ERROR = 'States.Timeout';

const OUTSIDE_WILDCARDS = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/**
 * Whether a rule's ErrorEquals covers an error. States.Runtime can't be caught or retried at all, not even by name;
 * States.DataLimitExceeded only by name; States.TaskFailed covers everything else but States.Timeout.
 */
export function matchesError(errorEquals: readonly string[], error: string, lateHeartbeat = false): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((pattern) => {
    if (pattern === error) return true;
    if (lateHeartbeat && pattern === 'States.HeartbeatTimeout') return true;
    if (OUTSIDE_WILDCARDS.has(error)) return false;
    if (pattern === 'States.ALL') return true;
    return pattern === 'States.TaskFailed' && error !== 'States.Timeout';
  });
}
