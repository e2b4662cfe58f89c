/** Shows, for TestState, a Map whose result is mocked, and checks whether too many of its iterations failed. */

import { Readable } from 'node:stream';
import type { AloneRun } from '../alone.ts';
import type { MapState } from '../definition/model.ts';
import { loadDefinition } from '../definition/parse.ts';
import { applyPath, valueAt } from '../expression.ts';
import { detailsOf } from '../history.ts';
import { wholeNumber } from '../interpreter/amount.ts';
import { runSettings } from '../interpreter/map-run.ts';
import type { BatchPlan } from '../interpreter/thread.ts';
import { itemsAt, scopeOf, withKey } from '../interpreter/thread-scope.ts';
import { toleratedItems } from '../interpreter/tolerance.ts';
import type { Json, JsonObject } from '../json.ts';
import { childInputs } from '../map-run/batches.ts';
import { readContent } from '../map-run/reader.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate } from '../template.ts';
import { validationError } from './errors.ts';
import type { Tested } from './tested-state.ts';

export interface MapInspection {
  /** By the names of the API. */
  readonly shown: JsonObject;
  readonly items: number;
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
  /** The inputs of its children before they are put into batches, and how they are. */
  readonly selected: readonly Json[];
  readonly batch: BatchPlan | undefined;
}

export const thresholdExceeded = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

function mapOf({ original, name }: Tested): MapState {
  const state = loadDefinition(JSON.stringify(original)).states.get(name);
  if (state?.type !== 'Map') throw validationError(`The state '${name}' is not a Map`);
  return state;
}

/** Returns the items that an ItemReader reads from the content of its object. Throws ValidationException. */
export async function itemsRead(tested: Tested, content: string): Promise<Json[]> {
  const reader = mapOf(tested).distributed?.reader;
  if (!reader) throw validationError(`The state '${tested.name}' has no ItemReader`);
  try {
    return await Array.fromAsync(readContent(reader, Readable.from([content])));
  } catch (error) {
    throw validationError(`The value of mapItemReaderData cannot be read: ${(error as Error).message}`);
  }
}

/** Returns the batches of the children's inputs, if the Map has ItemBatcher. */
export async function batchesOf({ selected, batch }: MapInspection): Promise<JsonObject> {
  if (!batch) return {};
  const batches = await Array.fromAsync(childInputs(selected, batch));
  return { afterItemBatcher: `[${batches.map(({ input }) => input).join(',')}]` };
}

/** `read` are the items of an ItemReader; without them the items are taken from the input. */
export function inspectMap(
  { events, execution, thread }: AloneRun,
  tested: Tested,
  read: Json[] | undefined,
): MapInspection {
  const state = mapOf(tested);
  const entered = events.find(({ type }) => type.endsWith('StateEntered'));
  const scope = (input: Json) => scopeOf(execution, thread, input);
  const input = applyPath(state.inputPath, scope(JSON.parse(String(detailsOf(entered).input)) as Json));
  const tolerated = toleratedItems(state, scope(input));
  const { toleratedCount, toleratedPercentage } = tolerated;
  const maxConcurrency = wholeNumber(state.maxConcurrency, 'MaxConcurrency', 0, scope(input), true);
  const items = read ?? itemsOf(state, scope(input));
  const { pointer = [] } = state.distributed?.reader ?? {};
  const batch = state.distributed && runSettings(state, state.distributed, scope(input)).batch;
  const selected = items.map((value, index) =>
    state.itemSelector
      ? fillTemplate(
          state.itemSelector,
          scopeOf(execution, thread, input, { item: withKey({ index, value }) }),
        )
      : value,
  );
  const shown: JsonObject = {
    ...(state.language === 'JSONata' || read ? {} : { afterItemsPath: JSON.stringify(items) }),
    ...(read && pointer.length > 0 ? { afterItemsPointer: JSON.stringify(items) } : {}),
    ...(state.itemSelector ? { afterItemSelector: JSON.stringify(selected) } : {}),
    ...(toleratedCount === undefined ? {} : { toleratedFailureCount: toleratedCount }),
    ...(toleratedPercentage === undefined ? {} : { toleratedFailurePercentage: toleratedPercentage }),
    maxConcurrency: maxConcurrency ?? 0,
  };
  return { shown, items: items.length, ...tolerated, selected, batch };
}

/** Returns whether a number of failed iterations is more than the state tolerates. As on AWS, no number is without its settings. */
export function exceeds(
  failures: number,
  { items, toleratedCount, toleratedPercentage }: MapInspection,
): boolean {
  return (
    failures > (toleratedCount ?? Number.POSITIVE_INFINITY) ||
    (toleratedPercentage !== undefined && failures * 100 > toleratedPercentage * items)
  );
}

/** A Map whose ItemReader has no data here takes a list of its input, if there is one. */
function itemsOf(state: MapState, scope: Scope): Json[] {
  if (!state.distributed?.reader) return itemsAt(state, scope);
  const found = state.itemsPath ? valueAt(state.itemsPath, scope) : scope.input;
  return Array.isArray(found) ? found : [];
}
