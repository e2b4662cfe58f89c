import * as z from 'zod';
import { splitWorkerLog } from '../../domain/worker-log.ts';

export interface Failure {
  error_name: string;
  /** Message for a person: the message inside `Cause`, or `Cause` itself if it is not JSON. */
  error_message: string;
  /** Last lines of the log of the worker that failed. */
  error_log?: string;
}

const Caught = z.object({ Error: z.string().catch('Unknown'), Cause: z.string().catch('') });
/** Lambda's `Cause` when a function throws (Step Functions developer guide). */
const LambdaCause = z.object({ errorMessage: z.string() });

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const messageOf = (cause: string): string => LambdaCause.safeParse(jsonIn(cause)).data?.errorMessage ?? cause;

/** Parses the error that a Catch passes on. Accepts any shape, since it runs while a failure is being handled. */
export function parseFailure(error: unknown): Failure {
  const caught = Caught.safeParse(error);
  if (!caught.success)
    return { error_name: 'Unknown', error_message: JSON.stringify(error) ?? 'no error given' };
  const { Error: error_name, Cause } = caught.data;
  const { cause, log } = splitWorkerLog(Cause);
  return {
    error_name,
    error_message: messageOf(cause) || `${error_name} without a cause`,
    ...(log !== undefined && { error_log: log }),
  };
}
