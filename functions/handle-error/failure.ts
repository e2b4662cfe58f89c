import { z } from 'zod';

export interface Failure {
  error_name: string;
  /** What a person should read: the message inside `Cause`, or `Cause` itself where it is no JSON. */
  error_message: string;
}

const Caught = z.object({ Error: z.string().catch('Unknown'), Cause: z.string().catch('') });
/** What Lambda writes into `Cause` when a function throws (Step Functions developer guide). */
const LambdaCause = z.object({ errorMessage: z.string() });

function messageOf(cause: string): string {
  try {
    return LambdaCause.parse(JSON.parse(cause)).errorMessage;
  } catch {
    return cause;
  }
}

/** Reads what a Catch hands over. Any shape has an answer: this runs when something else went wrong already. */
export function parseFailure(error: unknown): Failure {
  const caught = Caught.safeParse(error);
  if (!caught.success)
    return { error_name: 'Unknown', error_message: JSON.stringify(error) ?? 'no error given' };
  const { Error: error_name, Cause } = caught.data;
  return { error_name, error_message: messageOf(Cause) || `${error_name} without a cause` };
}
