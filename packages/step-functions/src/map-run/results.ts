/** Results of a map run: the list of outputs, or files in S3 with their manifest. */

import type { ResultWriter } from '../definition/model.ts';
import { dataLimitBytes, StateFailed } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { parseJson } from '../json.ts';
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
/** AWS starts a new file after 5 GB; here each file is built in memory. */
const longestFile = 8_388_608;
const unsuccessful = ['FAILED', 'TIMED_OUT', 'ABORTED'];

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

/** Writes all results below the prefix and returns the state's result, which names their location. */
export async function writeResults(
  { executions, objects }: ResultSources,
  arn: string,
  writer: ResultWriter,
  target: JsonObject,
): Promise<Json> {
  const { Bucket, Prefix } = target;
  if (typeof Bucket !== 'string') throw new Error('The parameter Bucket must be a string');
  const folder = [typeof Prefix === 'string' ? Prefix.replace(/\/$/, '') : '', arn.split(':').at(-1)];
  const base = folder.filter(Boolean).join('/');
  const files: Record<string, Json[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  const write = async (status: string, texts: Iterable<string>) => {
    const list = files[status] ?? [];
    for (const body of fileBodies(texts, writer.lines)) {
      const key = `${base}/${status}_${list.length}.${writer.lines ? 'jsonl' : 'json'}`;
      await objects.write(Bucket, key, body);
      list.push({ Key: key, Size: Buffer.byteLength(body) });
    }
  };
  await write('SUCCEEDED', succeeded(executions, arn, writer));
  await write('FAILED', failed(executions, arn));
  const manifest = { DestinationBucket: Bucket, MapRunArn: arn, ResultFiles: files };
  const key = `${base}/manifest.json`;
  await objects.write(Bucket, key, JSON.stringify(manifest));
  return { MapRunArn: arn, ResultWriterDetails: { Bucket, Key: key } };
}

function* succeeded(
  executions: Executions,
  arn: string,
  { transformation }: ResultWriter,
): Generator<string> {
  for (const record of children(executions, arn, 'SUCCEEDED')) {
    if (transformation === 'NONE') yield JSON.stringify(described(record));
    else {
      const output = parseJson(record.output ?? 'null');
      const parts = transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
      for (const part of parts) yield JSON.stringify(part);
    }
  }
}

function* failed(executions: Executions, arn: string): Generator<string> {
  for (const status of unsuccessful)
    for (const record of children(executions, arn, status)) yield JSON.stringify(described(record));
}

function* children(executions: Executions, arn: string, status: string): Generator<ExecutionRecord> {
  for (let offset = 0; ; offset += pageSize) {
    const page = executions.list({ mapRunArn: arn, status }, pageSize, offset);
    yield* page;
    if (page.length < pageSize) return;
  }
}

function* fileBodies(texts: Iterable<string>, lines: boolean): Generator<string> {
  let parts: string[] = [];
  let length = 0;
  const body = () => (lines ? `${parts.join('\n')}\n` : `[${parts.join(',')}]`);
  for (const text of texts) {
    if (length > 0 && length + text.length > longestFile) {
      yield body();
      parts = [];
      length = 0;
    }
    parts.push(text);
    length += text.length + 1;
  }
  if (parts.length > 0) yield body();
}

function described(record: ExecutionRecord): JsonObject {
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
    RedriveCount: record.redriveCount,
    StartDate: new Date(record.startDate).toISOString(),
    StateMachineArn: record.machineArn,
    Status: record.status,
    ...(stopDate === undefined ? {} : { StopDate: new Date(stopDate).toISOString() }),
  };
}
