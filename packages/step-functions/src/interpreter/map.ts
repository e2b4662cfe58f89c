/** Map in INLINE mode: the item processor runs once for each item, as many at a time as MaxConcurrency lets. */

import type { MapState } from '../definition/model.ts';
import { fillTemplate } from '../template.ts';
import { wholeNumber } from './amount.ts';
import { proceed } from './children.ts';
import type { Execution } from './execution.ts';
import { forgetItems, mapInput, readItems } from './items.ts';
import { startMapRun } from './map-run.ts';
import type { Thread } from './thread.ts';
import { toleratedIterations } from './tolerance.ts';

/** AWS runs no more iterations of an inline Map at a time, whatever MaxConcurrency says. */
const MOST_ITERATIONS_AT_ONCE = 40;

export function startMap(execution: Execution, thread: Thread, state: MapState): void {
  forgetItems(execution, thread);
  if (state.distributed) {
    startMapRun(execution, thread, state, state.distributed);
    return;
  }
  const items = readItems(execution, thread, state);
  const scope = execution.scope(thread, mapInput(execution, thread, state));
  const limit = wholeNumber(state.maxConcurrency, 'MaxConcurrency', 0, scope) ?? 0;
  const tolerated = toleratedIterations(state, items.length, scope);
  execution.emit(thread, 'MapStateStarted', { length: items.length });
  execution.setPhase(thread, {
    type: 'children',
    total: items.length,
    started: 0,
    succeeded: 0,
    failed: 0,
    limit: Math.min(limit || MOST_ITERATIONS_AT_ONCE, MOST_ITERATIONS_AT_ONCE),
    tolerated,
  });
  proceed(execution, thread);
}

/** Starts iterations up to the limit. Throws when an item's input can't be made. */
export function startIterations(execution: Execution, thread: Thread, state: MapState): void {
  while (thread.phase.type === 'children') {
    const { phase } = thread;
    const running = phase.started - phase.succeeded - phase.failed;
    if (phase.started >= phase.total || running >= phase.limit) return;
    const index = phase.started;
    const value = readItems(execution, thread, state)[index] ?? null;
    const input = state.itemSelector
      ? fillTemplate(
          state.itemSelector,
          execution.scope(thread, mapInput(execution, thread, state), { item: { index, value } }),
        )
      : value;
    const started = execution.append('MapIterationStarted', thread.lastEvent, { name: state.name, index });
    execution.setPhase(thread, { ...phase, started: index + 1 });
    const child = execution.startChild(thread, index, state.processor, input);
    child.lastEvent = started;
    execution.host.enqueue(execution, child);
  }
}
