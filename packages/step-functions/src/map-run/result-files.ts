/** Results of a map run as files in S3, with their manifest. */

import type { ResultWriter } from '../definition/model.ts';
import type { Json, JsonObject } from '../json.ts';
import { parseJson } from '../json.ts';
import type { Executions } from '../store/executions.ts';
import type { MapItem, MapRuns } from '../store/map-runs.ts';
import { children, described, type ResultSources } from './results.ts';

const pageSize = 100;
/** AWS starts a new file after 5 GB; here each file is built in memory. */
const longestFile = 8_388_608;
const unsuccessful = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** Writes all results below the prefix and returns the state's result, which names their location. */
export async function writeResults(
  { runs, executions, objects }: ResultSources,
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
      const key = `${base}/${status}_${list.length}.json`;
      await objects.write(Bucket, key, body);
      list.push({ Key: key, Size: Buffer.byteLength(body) });
    }
  };
  await write('SUCCEEDED', succeeded(executions, arn, writer));
  await write('FAILED', failed(executions, arn));
  await write('PENDING', pending(runs, arn));
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

/** Yields what a child would have been for each item that was left when the run failed. */
function* pending(runs: MapRuns, arn: string): Generator<string> {
  const name = (item: MapItem) => `${arn.split(':').at(-1)}-${item.position}`;
  const machine = arn.replace(':mapRun:', ':stateMachine:').replace(/:[^:]*$/, '');
  for (let after = 0; ; ) {
    const page = runs.items(arn, after, pageSize);
    for (const item of page) {
      after = item.position;
      yield JSON.stringify({
        ExecutionArn: `${machine.replace(':stateMachine:', ':execution:')}:${name(item)}`,
        Input: item.input,
        InputDetails: { Included: true },
        Name: name(item),
        StateMachineArn: machine,
        Status: 'PENDING',
      });
    }
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
