/** Failures of a map run. */

import { EvaluationError, type Failure, StateFailed } from '../errors.ts';
import { failureOf } from '../interpreter/failure.ts';
import type { Thread } from '../interpreter/thread.ts';

export const thresholdExceeded: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** Keeps the name of an expression's error; every other error is a failure of the reader. */
export function readFailure(error: unknown, thread: Thread): Failure {
  if (error instanceof EvaluationError || error instanceof StateFailed) return failureOf(error, thread);
  return { error: 'States.ItemReaderFailed', cause: error instanceof Error ? error.message : String(error) };
}

export function resultFailure(error: unknown): Failure {
  if (error instanceof StateFailed) return error.failure;
  return {
    error: 'States.ResultWriterFailed',
    cause: error instanceof Error ? error.message : String(error),
  };
}
