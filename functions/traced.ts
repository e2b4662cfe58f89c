import * as z from 'zod';
import type { FunctionName } from '../config/functions.ts';
import { inWords } from '../domain/in-words.ts';
import type { Log } from '../domain/log.ts';
import { inTrace } from '../providers/tracing/trace.ts';

/** The part of Lambda's context that this project uses. */
interface LambdaContext {
  awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export type Handler<Answer> = (event: unknown, context: LambdaContext) => Promise<Answer>;

const OfJob = z.object({ job_id: z.string() });

/** Returns the job that a function is called for; undefined for a call about none. */
export const jobOf = (event: unknown): string | undefined => OfJob.safeParse(event).data?.job_id;

/**
 * Wraps the handler of a function so that it fails in words, and its calls about a job are spans of the job's trace.
 * `tracing` is the setting. A function that writes no lines itself gets its log only if tracing is on.
 */
export function traced<Answer>(
  name: FunctionName,
  tracing: string,
  given: Handler<Answer>,
  log?: Log,
): Handler<Answer> {
  const handler: Handler<Answer> = async (event, context) => {
    try {
      return await given(event, context);
    } catch (error) {
      throw inWords(error);
    }
  };
  if (tracing === 'off') return handler;
  return async (event, context) => {
    const jobId = jobOf(event);
    if (jobId === undefined) return handler(event, context);
    const facts = { request_id: context.awsRequestId };
    const written = log ?? (await import('../aws/structured-log.ts')).structuredLog(name).log;
    return inTrace({ tracing, jobId, service: name, facts, log: written }, () => handler(event, context));
  };
}
