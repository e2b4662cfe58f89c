/** Map: computes its items and settings, and runs the item processor once per item, at most MaxConcurrency at a time. */

import type { MapState } from '../definition/model.ts';
import { Pending } from '../elsewhere.ts';
import { wholeNumber } from './amount.ts';
import type { Execution } from './execution.ts';
import { runSettings, startMapRun } from './map-run.ts';
import type { Thread } from './thread.ts';
import { mapInput, readItems, scopeOf } from './thread-scope.ts';
import { toleratedIterations } from './tolerance.ts';

/** AWS's limit for concurrent iterations of an inline Map; it also caps MaxConcurrency. */
const mostIterationsAtOnce = 40;

export function startMap(execution: Execution, thread: Thread, state: MapState): void {
  execution.forgetItems(thread);
  const { distributed } = state;
  const scope = scopeOf(execution, thread, mapInput(execution, thread, state));
  const limit = wholeNumber(state.maxConcurrency, 'MaxConcurrency', 0, scope, true) ?? 0;
  const { length } = distributed?.reader ? [] : readItems(execution, thread, state);
  if (distributed) {
    const settings = afterStart(execution, thread, length, () => runSettings(state, distributed, scope));
    startMapRun(execution, thread, state, { ...settings, limit });
    return;
  }
  const tolerated = afterStart(execution, thread, length, () => toleratedIterations(state, length, scope));
  execution.setPhase(thread, {
    type: 'children',
    total: length,
    started: 0,
    succeeded: 0,
    failed: 0,
    limit: Math.min(limit || mostIterationsAtOnce, mostIterationsAtOnce),
    tolerated,
  });
  execution.host.advance(execution, thread);
}

/**
 * Records the start of the Map and returns settings that AWS reads after it. The failure of one names the event before the
 * start as its cause.
 */
function afterStart<T>(execution: Execution, thread: Thread, length: number, settings: () => T): T {
  const before = thread.lastEvent;
  let read: () => T;
  try {
    const value = settings();
    read = () => value;
  } catch (error) {
    if (error instanceof Pending) throw error;
    read = () => {
      thread.lastEvent = before;
      throw error;
    };
  }
  execution.emit(thread, 'MapStateStarted', { length });
  return read();
}
