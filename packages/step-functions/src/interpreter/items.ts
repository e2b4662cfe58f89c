/** What a Map state goes through. */

import type { MapState } from '../definition/model.ts';
import { runtimeError } from '../errors.ts';
import { applyPath } from '../expression.ts';
import type { Json } from '../json.ts';
import { evaluateTyped, queryError } from '../jsonata/evaluate.ts';
import { fillTemplate } from '../template.ts';
import { valueAt } from './amount.ts';
import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';

/** The items of the Map state that a thread is in; worked out once and kept as long as the state runs. */
export function readItems(execution: Execution, thread: Thread, state: MapState): Json[] {
  const known = thread.items ?? execution.mapItems.get(thread.id);
  if (known) return known;
  const items =
    state.language === 'JSONata'
      ? jsonataItems(execution, thread, state)
      : pathItems(execution, thread, state);
  // What would come out otherwise the second time has to outlive a restart.
  if (isRepeatable(state)) execution.mapItems.set(thread.id, items);
  else thread.items = items;
  return items;
}

/** The next Map state of this thread has items of its own. */
export function forgetItems(execution: Execution, thread: Thread): void {
  execution.mapItems.delete(thread.id);
  delete thread.items;
}

function isRepeatable({ items }: MapState): boolean {
  return items?.type !== 'jsonata' || items.expressions.every(({ repeatable }) => repeatable);
}

function jsonataItems(execution: Execution, thread: Thread, state: MapState): Json[] {
  const { items } = state;
  const only = items?.type === 'jsonata' && items.shape.is === 'slot' ? items.expressions[0] : undefined;
  const scope = execution.scope(thread, thread.input);
  const found = only
    ? evaluateTyped(only, scope, 'array')
    : items
      ? fillTemplate(items, scope)
      : thread.input;
  if (Array.isArray(found)) return found;
  throw queryError(`Map state input must be an array but was: ${JSON.stringify(found)}`, 'Items');
}

function pathItems(execution: Execution, thread: Thread, state: MapState): Json[] {
  const input = mapInput(execution, thread, state);
  const items = state.itemsPath ? valueAt(state.itemsPath, execution.scope(thread, input)) : input;
  if (!Array.isArray(items)) {
    throw runtimeError(`Reference path "${state.itemsPath?.text ?? '$'}" must point to array.`);
  }
  return items;
}

export function mapInput(execution: Execution, thread: Thread, state: MapState): Json {
  return applyPath(state.inputPath, execution.scope(thread, thread.input));
}
