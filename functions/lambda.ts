import { z } from 'zod';
import { type StructuredLog, structuredLog } from '../aws/structured-log.ts';
import type { FunctionName } from '../config/functions.ts';

/** The part of Lambda's context that this project uses. */
export interface LambdaContext {
  awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

type Handler<Answer> = (event: unknown, context: LambdaContext) => Answer;

const OfJob = z.object({ job_id: z.string() });

/** The log of a function. `logged` wraps its handler, so that each line has the ids of the request and its job. */
export function functionLog(
  name: FunctionName,
): Pick<StructuredLog, 'log'> & { logged<Answer>(handler: Handler<Answer>): Handler<Answer> } {
  const written = structuredLog(name);
  return {
    log: written.log,
    logged: (handler) => (event, context) => {
      written.setFacts({ request_id: context.awsRequestId, job_id: OfJob.safeParse(event).data?.job_id });
      return handler(event, context);
    },
  };
}
