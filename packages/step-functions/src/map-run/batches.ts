/** ItemBatcher: puts several items into one child. */

import { dataLimitBytes } from '../errors.ts';
import type { BatchPlan } from '../interpreter/thread.ts';
import type { Json, JsonObject } from '../json.ts';
import type { MapItem } from '../store/map-runs.ts';

/**
 * Yields the inputs of children from items, with or without batches. Throws for an item that does not fit into a batch.
 */
export async function* childInputs(
  items: AsyncIterable<Json> | Iterable<Json>,
  plan: BatchPlan | undefined,
): AsyncGenerator<MapItem> {
  let position = 0;
  if (!plan) {
    for await (const item of items) {
      position += 1;
      yield { position, itemCount: 1, input: checked(JSON.stringify(item)) };
    }
    return;
  }
  const around: JsonObject = plan.input === undefined ? {} : { BatchInput: plan.input };
  const overhead = Buffer.byteLength(JSON.stringify({ ...around, Items: [] }));
  const mostBytes = Math.min(plan.maxBytes ?? dataLimitBytes, dataLimitBytes);
  let batch: Json[] = [];
  let bytes = overhead;
  const finish = (): MapItem => {
    position += 1;
    const made = {
      position,
      itemCount: batch.length,
      input: checked(JSON.stringify({ ...around, Items: batch })),
    };
    batch = [];
    bytes = overhead;
    return made;
  };
  for await (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item));
    const comma = 1;
    if (batch.length > 0 && bytes + comma + size > mostBytes) yield finish();
    bytes += batch.length > 0 ? comma + size : size;
    batch.push(item);
    if (batch.length === plan.maxItems) yield finish();
  }
  if (batch.length > 0) yield finish();
}

function checked(input: string): string {
  if (Buffer.byteLength(input) > dataLimitBytes)
    throw new Error(`An item is longer than the ${dataLimitBytes} bytes that a child can take`);
  return input;
}
