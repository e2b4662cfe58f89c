/**
 * Scopes of states and items of Map. The items are read in the scope of the Map state, and each item is part of the
 * scope of its iteration.
 */

import type { MapState } from '../definition/model.ts';
import { runtimeError } from '../errors.ts';
import { applyPath, valueAt } from '../expression.ts';
import { isObject, type Json, type JsonObject, shownJson } from '../json.ts';
import { evaluateTyped, queryError } from '../jsonata/evaluate.ts';
import { isRepeatable, onlyExpression } from '../jsonata/template.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate } from '../template.ts';
import { contextObject } from './context.ts';
import type { Execution } from './execution.ts';
import type { MapItem, Thread } from './thread.ts';

export interface ScopeExtra {
  readonly token?: string;
  readonly item?: MapItem;
  /** In a JSONata state, `input` stays the raw input. */
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** Returns the scope of the thread's current state; `token` is set while a task's parameters are filled. */
export function scopeOf(
  execution: Execution,
  thread: Thread,
  input: Json,
  { result, errorOutput, token, item }: ScopeExtra = {},
): Scope {
  return {
    input,
    ...(result === undefined ? {} : { result }),
    ...(errorOutput === undefined ? {} : { errorOutput }),
    context: () =>
      contextObject(execution, thread, { token, item: item ?? enclosingItem(execution, thread) }),
    variable: (name) => variable(execution, thread, name),
    variables: () => variables(execution, thread),
  };
}

function variables(execution: Execution, thread: Thread): JsonObject {
  const parent = execution.parentOf(thread);
  return { ...(parent && variables(execution, parent)), ...thread.variables };
}

function variable(execution: Execution, thread: Thread, name: string): Json | undefined {
  for (let at: Thread | undefined = thread; at; at = execution.parentOf(at)) {
    if (Object.hasOwn(at.variables, name)) return at.variables[name];
  }
  return undefined;
}

/** Returns the item of the nearest Map around a thread. */
function enclosingItem(execution: Execution, thread: Thread): MapItem | undefined {
  for (let at = thread; ; ) {
    const parent = execution.parentOf(at);
    if (!parent) return execution.item;
    const state = execution.stateOf(parent);
    if (state.type === 'Map') {
      return { index: at.index, value: readItems(execution, parent, state)[at.index] ?? null };
    }
    at = parent;
  }
}

/** Returns the items of the Map state that a thread is in; they are computed once and kept while the state runs. */
export function readItems(execution: Execution, thread: Thread, state: MapState): Json[] {
  const known = thread.items ?? execution.mapItems.get(thread.id);
  if (known) return known;
  const input = state.language === 'JSONata' ? thread.input : mapInput(execution, thread, state);
  const items = itemsAt(state, scopeOf(execution, thread, input));
  // Items that would differ the second time are stored with the thread, to survive a restart.
  if (state.items?.type !== 'jsonata' || isRepeatable(state.items)) execution.mapItems.set(thread.id, items);
  else thread.items = items;
  return items;
}

/** Returns the items of a Map state at a scope, whose input is the one after InputPath. */
export function itemsAt(state: MapState, scope: Scope): Json[] {
  return state.language === 'JSONata' ? jsonataItems(state, scope) : pathItems(state, scope);
}

function jsonataItems(state: MapState, scope: Scope): Json[] {
  const { items } = state;
  const only = items?.type === 'jsonata' ? onlyExpression(items) : undefined;
  const found = only
    ? evaluateTyped(only, scope, 'array', state.distributed && 'object')
    : items
      ? fillTemplate(items, scope)
      : scope.input;
  if (Array.isArray(found)) return found;
  if (state.distributed && isObject(found)) return membersOf(found);
  throw queryError(`Map state input must be an array but was: ${shownJson(found)}`, 'Items');
}

function pathItems(state: MapState, scope: Scope): Json[] {
  const items = state.itemsPath ? valueAt(state.itemsPath, scope) : scope.input;
  if (Array.isArray(items)) return items;
  if (state.distributed && isObject(items)) return membersOf(items);
  // AWS names a path into the context object as one into the input.
  const path = state.itemsPath?.text.replace(/^\$\$/, '$') ?? '$';
  throw runtimeError(`Reference path "${path}" must point to array.`);
}

/** Items made of an object's members, which have a key in the context. */
const members = new WeakMap<object, MapItem>();

/** Returns the items that a distributed Map makes of an object. */
function membersOf(object: JsonObject): Json[] {
  return Object.entries(object).map(([key, value], index) => {
    const item = { Key: key, Value: value };
    members.set(item, { index, key, value });
    return item;
  });
}

/** Returns what the context has of an item of a distributed Map: the key and the value of a member of an object. */
export function withKey(item: MapItem): MapItem {
  return (isObject(item.value) ? members.get(item.value) : undefined) ?? item;
}

export function mapInput(execution: Execution, thread: Thread, state: MapState): Json {
  return applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
}
