import { type StructuredLog, structuredLog } from '../aws/structured-log.ts';
import type { FunctionName } from '../config/functions.ts';
import { type Handler, jobOf, traced } from './traced.ts';

/** The log of a function. `logged` wraps its handler, so that each line has the ids of the request and its job. */
export function functionLog(
  name: FunctionName,
  tracing = 'off',
): Pick<StructuredLog, 'log'> & {
  logged<Answer>(handler: Handler<Answer>): Handler<Answer>;
} {
  const written = structuredLog(name);
  return {
    log: written.log,
    logged(handler) {
      const inner = traced(name, tracing, handler, written.log);
      return (event, context) => {
        written.setFacts({ request_id: context.awsRequestId, job_id: jobOf(event) });
        return inner(event, context);
      };
    },
  };
}
