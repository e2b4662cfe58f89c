/** What a machine of type EXPRESS may not have, as AWS refuses it. */

import type { StateMachine } from './model.ts';
import { Problems } from './problems.ts';
import { allStates } from './search.ts';

/** Throws InvalidDefinition. */
export function checkExpress(machine: StateMachine): void {
  const problems = new Problems();
  for (const state of allStates(machine)) {
    const place = `/States/${state.name}`;
    if (state.type !== 'Task') continue;
    const { resource } = state;
    for (const [has, way] of [
      [resource.sync, '.sync'],
      [resource.waitForTaskToken, '.waitForTaskToken'],
    ] as const) {
      if (has)
        problems.report(
          `Express state machine does not support '${way}' service integration`,
          `${place}/Resource`,
        );
    }
  }
  problems.throwIfAny();
}
