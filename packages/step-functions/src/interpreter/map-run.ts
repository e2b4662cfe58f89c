/** The thread's side of a distributed Map: computes the parameters of the run, then hands it to the host. */

import type { DistributedMap, MapState } from '../definition/model.ts';
import type { Failure } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate, type Template } from '../template.ts';

import type { Execution } from './execution.ts';
import { failState } from './failure.ts';
import type { MapItem, MapRunPhase, Thread } from './thread.ts';
import { mapInput, scopeOf, withKey } from './thread-scope.ts';
import { mapNumber, toleratedItems } from './tolerance.ts';

/** The limit that AWS shows for a Map without one. */
const unlimited = 2_147_483_647;

/** The settings of a run that AWS reads after the start of the Map. */
type RunSettings = Pick<
  MapRunPhase,
  'toleratedCount' | 'toleratedPercentage' | 'source' | 'maxItems' | 'batch' | 'target'
>;

export function runSettings(
  state: MapState,
  { reader, batcher, writer }: DistributedMap,
  scope: Scope,
): RunSettings {
  return {
    ...toleratedItems(state, scope),
    source: reader && parameters(reader.parameters, scope),
    maxItems: mapNumber(reader?.maxItems, 'MaxItems', 'integer', scope) || undefined,
    batch: batcher && {
      input: batcher.input && fillTemplate(batcher.input, scope),
      maxItems: mapNumber(batcher.maxItems, 'MaxItemsPerBatch', 'integer', scope) || undefined,
      maxBytes: mapNumber(batcher.maxBytes, 'MaxInputBytesPerBatch', 'integer', scope) || undefined,
    },
    target: writer?.toS3 ? parameters(writer.parameters, scope) : undefined,
  };
}

/** Starts the run; a limit of 0 is none. */
export function startMapRun(
  execution: Execution,
  thread: Thread,
  state: MapState,
  { limit, ...settings }: RunSettings & { readonly limit: number },
): void {
  const phase: MapRunPhase = {
    type: 'mapRun',
    arn: mapRunArn(execution, state.distributed?.label),
    limit: limit || unlimited,
    ...settings,
    redrives: 0,
  };
  execution.emit(thread, 'MapRunStarted', { mapRunArn: phase.arn });
  execution.setPhase(thread, phase);
  execution.host.runMap(execution, thread);
}

function parameters(template: Template | undefined, scope: Scope): JsonObject {
  const filled = template && fillTemplate(template, scope);
  return isObject(filled) ? filled : {};
}

/** Returns `arn:aws:states:REGION:ACCOUNT:mapRun:MACHINE/LABEL:ID`. A Map without a label gets a UUID, as on AWS. */
function mapRunArn(
  { record: { machineArn, machineName } }: Execution,
  label: string = crypto.randomUUID(),
): string {
  const prefix = machineArn.replace(/:stateMachine:.*$/, '');
  return `${prefix}:mapRun:${machineName}/${label}:${crypto.randomUUID()}`;
}

/** Returns the function that computes the input of a child from its item, through ItemSelector when there is one. */
export function selectItem(execution: Execution, thread: Thread, state: MapState) {
  const input = mapInput(execution, thread, state);
  return (item: MapItem): Json =>
    state.itemSelector
      ? fillTemplate(state.itemSelector, scopeOf(execution, thread, input, { item: withKey(item) }))
      : item.value;
}

/** Completes the state when all children are done. */
export function completeMapRun(execution: Execution, thread: Thread, result: Json): void {
  execution.forgetItems(thread);
  const runSucceeded = execution.append('MapRunSucceeded', thread.lastEvent);
  const succeeded = execution.append('MapStateSucceeded', runSucceeded);
  // In the recordings of AWS, the exit of a state in JSONata follows the start of the run.
  if (execution.stateOf(thread).language !== 'JSONata') thread.lastEvent = runSucceeded;
  execution.setPhase(thread, { type: 'complete', result, succeeded });
  execution.host.advance(execution, thread);
}

export function failMapRun(execution: Execution, thread: Thread, failure: Failure): void {
  execution.emit(thread, 'MapRunFailed', { ...failure });
  failState(execution, thread, failure);
}
