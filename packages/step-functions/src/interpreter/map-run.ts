/** The thread's side of a distributed Map: computes the parameters of the run, then hands it to the host. */

import type { DistributedMap, MapState } from '../definition/model.ts';
import type { Failure } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate, type Template } from '../template.ts';
import { wholeNumber } from './amount.ts';
import type { Execution } from './execution.ts';
import { failState, failWith } from './failure.ts';
import { complete } from './output.ts';
import type { MapRunPhase, Thread } from './thread.ts';
import { mapInput, readItems, scopeOf } from './thread-scope.ts';
import { distributedNumber, toleratedItems } from './tolerance.ts';

/** AWS runs up to 10,000 children at a time; one machine cannot use that many. */
const mostChildrenAtOnce = 1000;

export function startMapRun(
  execution: Execution,
  thread: Thread,
  state: MapState,
  distributed: DistributedMap,
): void {
  const items = distributed.reader ? [] : readItems(execution, thread, state);
  execution.emit(thread, 'MapStateStarted', { length: items.length });
  const scope = scopeOf(execution, thread, mapInput(execution, thread, state));
  const limit = wholeNumber(state.maxConcurrency, 'MaxConcurrency', 0, scope, true) || mostChildrenAtOnce;
  const phase: MapRunPhase = {
    type: 'mapRun',
    arn: mapRunArn(execution, labelOf(state)),
    limit: Math.min(limit, mostChildrenAtOnce),
    ...toleratedItems(state, scope),
    source: distributed.reader && parameters(distributed.reader.parameters, scope),
    maxItems: distributedNumber(distributed.reader?.maxItems, 'MaxItems', 'integer', scope) || undefined,
    batch: distributed.batcher && {
      input: distributed.batcher.input && fillTemplate(distributed.batcher.input, scope),
      maxItems:
        distributedNumber(distributed.batcher.maxItems, 'MaxItemsPerBatch', 'integer', scope) || undefined,
      maxBytes:
        distributedNumber(distributed.batcher.maxBytes, 'MaxInputBytesPerBatch', 'integer', scope) ||
        undefined,
    },
    target: distributed.writer?.toS3 ? parameters(distributed.writer.parameters, scope) : undefined,
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

/** Returns the given label, or one made from the state's name. */
export function labelOf({ name, distributed }: MapState): string {
  return distributed?.label ?? name.replace(/[^\w-]+/g, '').slice(0, 40);
}

/** Returns `arn:aws:states:REGION:ACCOUNT:mapRun:MACHINE/LABEL:ID`. */
function mapRunArn({ record: { machineArn, machineName } }: Execution, label: string): string {
  const prefix = machineArn.replace(/:stateMachine:.*$/, '');
  return `${prefix}:mapRun:${machineName}/${label}:${crypto.randomUUID()}`;
}

/** Returns the function that computes the input of a child from its item, through ItemSelector when there is one. */
export function selectItem(execution: Execution, thread: Thread, state: MapState) {
  const input = mapInput(execution, thread, state);
  return (value: Json, index: number): Json =>
    state.itemSelector
      ? fillTemplate(state.itemSelector, scopeOf(execution, thread, input, { item: { index, value } }))
      : value;
}

/** Completes the state when all children are done. */
export function completeMapRun(execution: Execution, thread: Thread, state: MapState, result: Json): void {
  execution.forgetItems(thread);
  for (const type of ['MapRunSucceeded', 'MapStateSucceeded']) execution.append(type, thread.lastEvent);
  execution.setPhase(thread, { type: 'attempt' });
  try {
    complete(execution, thread, state, result);
  } catch (error) {
    failWith(execution, thread, error);
  }
}

export function failMapRun(execution: Execution, thread: Thread, failure: Failure): void {
  execution.emit(thread, 'MapRunFailed', { ...failure });
  failState(execution, thread, failure);
}
