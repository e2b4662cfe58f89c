/** Map in INLINE mode: runs the item processor once per item, at most MaxConcurrency at a time. */

import type { MapState } from '../definition/model.ts';
import { wholeNumber } from './amount.ts';
import { proceed } from './children.ts';
import type { Execution } from './execution.ts';
import { startMapRun } from './map-run.ts';
import type { Thread } from './thread.ts';
import { mapInput, readItems, scopeOf } from './thread-scope.ts';
import { toleratedIterations } from './tolerance.ts';

/** AWS's limit for concurrent iterations of an inline Map; it also caps MaxConcurrency. */
const mostIterationsAtOnce = 40;

export function startMap(execution: Execution, thread: Thread, state: MapState): void {
  execution.forgetItems(thread);
  if (state.distributed) {
    startMapRun(execution, thread, state, state.distributed);
    return;
  }
  const items = readItems(execution, thread, state);
  const scope = scopeOf(execution, thread, mapInput(execution, thread, state));
  const limit = wholeNumber(state.maxConcurrency, 'MaxConcurrency', 0, scope, true) ?? 0;
  const tolerated = toleratedIterations(state, items.length, scope);
  execution.emit(thread, 'MapStateStarted', { length: items.length });
  execution.setPhase(thread, {
    type: 'children',
    total: items.length,
    started: 0,
    succeeded: 0,
    failed: 0,
    limit: Math.min(limit || mostIterationsAtOnce, mostIterationsAtOnce),
    tolerated,
  });
  proceed(execution, thread);
}
