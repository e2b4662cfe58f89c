/** Results of a map run as the result of its state: the list of outputs. */

import type { ResultWriter } from '../definition/model.ts';
import { dataLimitBytes, StateFailed } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { parseJson } from '../json.ts';
import { redriveStatus } from '../status-changes.ts';
import type { Executions } from '../store/executions.ts';
import type { MapRuns } from '../store/map-runs.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { ObjectStore } from './s3.ts';

export interface ResultSources {
  readonly runs: MapRuns;
  readonly executions: Executions;
  readonly objects: ObjectStore;
}

const pageSize = 100;

/** Returns the result of the state. Throws StateFailed when it is too large for a state. */
export function collectResults(
  { runs, executions }: ResultSources,
  arn: string,
  writer?: ResultWriter,
): Json {
  const results: Json[] = [];
  let length = 2;
  const add = (text: string) => {
    length += text.length + 1;
    if (length > 4 * dataLimitBytes) throw tooLong(arn);
    results.push(parseJson(text));
  };
  if (writer?.transformation === 'NONE') {
    for (const record of children(executions, arn, 'SUCCEEDED')) add(JSON.stringify(described(record)));
  } else for (const output of runs.outputs(arn)) add(output);
  return writer?.transformation === 'FLATTEN' ? results.flat() : results;
}

function tooLong(arn: string): StateFailed {
  return new StateFailed(
    'States.DataLimitExceeded',
    `The state/task '${arn}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** Yields the children with a status. */
export function* children(executions: Executions, arn: string, status: string): Generator<ExecutionRecord> {
  for (let offset = 0; ; offset += pageSize) {
    const page = executions.children(arn, status, pageSize, offset);
    yield* page;
    if (page.length < pageSize) return;
  }
}

/** Returns a child as AWS describes it in results. */
export function described(record: ExecutionRecord): JsonObject {
  const { output, error, cause, stopDate } = record;
  const included = { Included: true };
  const redrive = redriveStatus(record, stopDate ?? 0);
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: record.arn,
    Input: record.input,
    InputDetails: included,
    Name: record.name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: included }),
    RedriveCount: record.redriveCount,
    RedriveStatus: redrive.redriveStatus,
    ...(redrive.redriveStatusReason === undefined
      ? {}
      : { RedriveStatusReason: redrive.redriveStatusReason }),
    StartDate: new Date(record.startDate).toISOString(),
    StateMachineArn: record.machineArn,
    Status: record.status,
    ...(stopDate === undefined ? {} : { StopDate: new Date(stopDate).toISOString() }),
  };
}
