/** Finds states at any depth of a machine. */

import type { Flow, MapState, State } from './model.ts';

/** Yields all states of a flow, including those of its branches and item processors. */
export function* allStates(flow: Flow): Generator<State> {
  for (const state of flow.states.values()) {
    yield state;
    for (const inner of flowsOf(state)) yield* allStates(inner);
  }
}

export function flowsOf(state: State): Iterable<Flow> {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' ? [state.processor] : [];
}

export function findMap(flow: Flow, name: string): MapState | undefined {
  const outer = flow.states.get(name);
  if (outer?.type === 'Map') return outer;
  for (const state of allStates(flow)) if (state.type === 'Map' && state.name === name) return state;
  return undefined;
}
