/** Features that AWS refuses in machines of type EXPRESS. */

import type { Flow, StateMachine } from './model.ts';
import { Problems } from './problems.ts';
import { allStates } from './search.ts';

/** Throws InvalidDefinition. */
export function checkExpress(machine: StateMachine): void {
  const problems = new Problems();
  reportStandardOnly(machine, problems);
  problems.throwIfAny();
}

/**
 * Reports what only standard machines support; also checks the processor of a distributed Map with EXPRESS children.
 */
export function reportStandardOnly(flow: Flow, problems: Problems): void {
  for (const state of allStates(flow)) {
    const place = `/States/${state.name}`;
    if (state.type === 'Map' && state.distributed)
      problems.report(
        "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
        place,
      );
    if (state.type !== 'Task') continue;
    const { resource } = state;
    // AWS writes a blank after the second.
    for (const [has, what] of [
      [resource.sync, "'.sync' service integration"],
      [resource.waitForTaskToken, "'.waitForTaskToken' service integration "],
      [resource.service === 'activity', 'Activity ARN'],
    ] as const) {
      if (has) problems.report(`Express state machine does not support ${what}`, `${place}/Resource`);
    }
  }
}
