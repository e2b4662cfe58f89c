/** Copies the items of a map run from their source to the store, page by page. */

import { setImmediate } from 'node:timers/promises';
import type { MapState } from '../definition/model.ts';
import { settled } from '../elsewhere.ts';
import { evaluate } from '../evaluator/evaluator.ts';
import { selectItem } from '../interpreter/map-run.ts';
import { readItems } from '../interpreter/thread-scope.ts';
import type { Json } from '../json.ts';
import type { MapItem } from '../store/map-runs.ts';
import { childInputs } from './batches.ts';
import { readSource, type SourceItem } from './reader.ts';
import type { ResultSources } from './results.ts';
import type { Run } from './run.ts';

const pageSize = 500;
/** Longest time without a pause. */
const busyMs = 8;

/**
 * Replaces the stored items and their number; stops early when `goesOn` returns false. Throws the errors of the source.
 */
export async function storeItems(
  { record, execution, thread, phase }: Run,
  state: MapState,
  { runs, objects }: ResultSources,
  goesOn: () => boolean,
): Promise<void> {
  runs.put(record);
  runs.removeItems(record.arn);
  record.itemCount = 0;
  const reader = state.distributed?.reader;
  const select = await settled(() => selectItem(execution, thread, state), evaluate);
  const source = reader
    ? readSource(reader, phase.source ?? {}, objects)
    : inState(await settled(() => readItems(execution, thread, state), evaluate));
  let page: MapItem[] = [];
  for await (const item of childInputs(selected(source, select, phase.maxItems), phase.batch)) {
    if (!goesOn()) return;
    record.itemCount += item.itemCount;
    if (page.push(item) < pageSize) continue;
    runs.addItems(record.arn, page);
    page = [];
  }
  if (goesOn()) runs.addItems(record.arn, page);
}

function* inState(items: readonly Json[]): Generator<Pick<SourceItem, 'value'>> {
  for (const value of items) yield { value };
}

async function* selected(
  items: AsyncIterable<SourceItem> | Iterable<Pick<SourceItem, 'value'>>,
  select: ReturnType<typeof selectItem>,
  most: number | undefined,
): AsyncGenerator<Json> {
  let index = 0;
  let until = performance.now() + busyMs;
  for await (const item of items) {
    if (index === most) return;
    // Items in memory never wait, so requests are served between them.
    if (performance.now() > until) {
      await setImmediate();
      until = performance.now() + busyMs;
    }
    yield await settled(() => select({ ...item, index }), evaluate);
    index += 1;
  }
}
