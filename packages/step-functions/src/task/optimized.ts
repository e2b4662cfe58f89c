/** Changes responses of services as optimized integrations do, from the page of each in the developer guide. */

import type { Resource } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json } from '../json.ts';
import { ordered } from './sdk-response.ts';

/** Actions whose responses lack the application that they are about. */
const ofApplication = /^(start|stop|delete)Application(\.|$)/;

export function optimized(
  { service, action, sync, waitForTaskToken }: Resource,
  given: Json,
  outcome: Outcome,
): Outcome {
  if (!outcome.succeeded || !isObject(outcome.output) || !isObject(given)) return outcome;
  const { output } = outcome;
  if (service === 'glue')
    return { ...outcome, output: ordered({ JobName: given.JobName ?? null, ...output }) };
  if (service === 'emr-serverless' && ofApplication.test(action))
    return { ...outcome, output: ordered({ ApplicationId: given.ApplicationId ?? null, ...output }) };
  const { Failures: failures } = output;
  const failed = Array.isArray(failures) && failures.length > 0;
  // A request that only starts a task shows its failures, and does not fail.
  if (service === 'ecs' && failed && (sync || waitForTaskToken)) {
    const { SdkHttpMetadata, SdkResponseMetadata, ...response } = output;
    return { succeeded: false, error: 'AmazonECS.Unknown', cause: JSON.stringify(response) };
  }
  return outcome;
}
