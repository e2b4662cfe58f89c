/** The iterations of a Map in INLINE mode. */

import type { MapState } from '../definition/model.ts';
import { withMemory } from '../elsewhere.ts';
import type { Json } from '../json.ts';
import { fillTemplate } from '../template.ts';
import type { Execution } from './execution.ts';
import { checkSize, textOf } from './output.ts';
import type { Thread } from './thread.ts';
import { mapInput, readItems, scopeOf } from './thread-scope.ts';

/** Starts iterations up to the limit, in several turns where they are large. Throws when the input of an item cannot be computed. */
export function startIterations(execution: Execution, thread: Thread, state: MapState): void {
  while (thread.phase.type === 'children') {
    const { phase } = thread;
    const running = phase.started - phase.succeeded - phase.failed;
    if (phase.started >= phase.total || running >= phase.limit) return;
    if (execution.host.full) {
      execution.host.enqueue(execution, thread);
      return;
    }
    const index = phase.started;
    const input = withMemory(phase, () => inputOf(execution, thread, state, index));
    checkSize(textOf(input, state.name), state.name);
    const started = execution.append('MapIterationStarted', thread.lastEvent, { name: state.name, index });
    execution.setPhase(thread, { ...phase, started: index + 1 });
    const child = execution.startChild(thread, index, state.processor, input);
    child.lastEvent = started;
    execution.host.enqueue(execution, child);
  }
}

function inputOf(execution: Execution, thread: Thread, state: MapState, index: number): Json {
  const value = readItems(execution, thread, state)[index] ?? null;
  if (!state.itemSelector) return value;
  const scope = scopeOf(execution, thread, mapInput(execution, thread, state), { item: { index, value } });
  return fillTemplate(state.itemSelector, scope);
}
