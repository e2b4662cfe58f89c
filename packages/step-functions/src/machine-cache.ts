/** Caches parsed definitions by their text, including the flows that children of distributed Maps run. */

import type { StateMachine } from './definition/model.ts';
import { loadDefinition } from './definition/parse.ts';
import { findMap } from './definition/search.ts';
import type { ExecutionRecord } from './store/records.ts';

const kept = 100;

export class MachineCache {
  readonly #machines = new Map<string, StateMachine>();

  /** Returns the machine that an execution runs. Throws for a definition that this version does not accept. */
  of({ definition, flow }: Pick<ExecutionRecord, 'definition' | 'flow'>): StateMachine {
    const machine = this.#whole(definition);
    if (flow === undefined) return machine;
    const map = findMap(machine, flow);
    if (!map) throw new Error(`the definition has no Map state ${flow}`);
    return { ...map.processor, timeoutSeconds: undefined };
  }

  #whole(definition: string): StateMachine {
    const known = this.#machines.get(definition);
    if (known) return known;
    const machine = loadDefinition(definition);
    if (this.#machines.size >= kept) this.#machines.clear();
    this.#machines.set(definition, machine);
    return machine;
  }
}
