/** Outcomes of tasks that start executions. */

import { billingOf } from './billing.ts';
import type { Resource } from './definition/resource.ts';
import type { Outcome } from './interpreter/task.ts';
import { type JsonObject, parseJson } from './json.ts';
import type { ExecutionRecord } from './store/records.ts';
import { formatTimestamp } from './timestamps.ts';

/** Returns the outcome of a start; the SDK integration gives dates as text. */
export function started({ service }: Resource, { arn, startDate }: ExecutionRecord): Outcome {
  const date = service === 'aws-sdk:sfn' ? formatTimestamp(startDate) : startDate;
  return { succeeded: true, output: { ExecutionArn: arn, StartDate: date } };
}

/** Returns the outcome of a finished execution; `.sync:2` gives its data as JSON, the others as text. */
export function result(resource: Resource, record: ExecutionRecord): Outcome {
  const described = description(record);
  if (resource.action.startsWith('startSyncExecution'))
    return { succeeded: true, output: { ...described, ...ofSyncExecution(record) } };
  if (record.status !== 'SUCCEEDED') {
    // So too when it has timed out (the guide's page of errors).
    return { succeeded: false, error: 'States.TaskFailed', cause: JSON.stringify(described) };
  }
  if (resource.action !== 'startExecution.sync:2') return { succeeded: true, output: described };
  return {
    succeeded: true,
    output: { ...described, Input: parseJson(record.input), Output: parseJson(record.output ?? 'null') },
  };
}

/** The SDK integration gives dates as text, and all members of the API's response. */
function ofSyncExecution({ startDate, stopDate = startDate }: ExecutionRecord): JsonObject {
  const { memoryMB, milliseconds } = billingOf(stopDate - startDate);
  return {
    BillingDetails: { BilledDurationInMilliseconds: milliseconds, BilledMemoryUsedInMB: memoryMB },
    StartDate: formatTimestamp(startDate),
    StopDate: formatTimestamp(stopDate),
  };
}

function description(record: ExecutionRecord): JsonObject {
  const { output, error, cause, stopDate } = record;
  const included = { Included: true };
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: record.arn,
    Input: record.input,
    InputDetails: included,
    Name: record.name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: included }),
    StartDate: record.startDate,
    ...(record.aliasArn === undefined ? {} : { StateMachineAliasArn: record.aliasArn }),
    StateMachineArn: record.machineArn,
    ...(record.versionArn === undefined ? {} : { StateMachineVersionArn: record.versionArn }),
    Status: record.status,
    ...(stopDate === undefined ? {} : { StopDate: stopDate }),
  };
}

export function refusal(
  { service }: Resource,
  { code, message }: { code: string; message: string },
): Outcome {
  const id = crypto.randomUUID();
  if (service === 'aws-sdk:sfn') {
    const details = `Service: Sfn, Status Code: 400, Request ID: ${id}`;
    return { succeeded: false, error: `Sfn.${code}Exception`, cause: `${message} (${details})` };
  }
  const details = `Service: AWSStepFunctions; Status Code: 400; Error Code: ${code}; Request ID: ${id}; Proxy: null`;
  return { succeeded: false, error: `StepFunctions.${code}Exception`, cause: `${message} (${details})` };
}
