/** Parses a set of states and checks StartAt and all transitions. */

import type { JsonObject } from '../json.ts';
import { isChecking, unchecked } from '../work.ts';
import type { Fields } from './fields.ts';
import type { Flow, State, States } from './model.ts';
import { parseState } from './states.ts';

/** Parses StartAt and States of a machine, a branch or an item processor. */
export function parseFlow(fields: Fields): Flow {
  fields.require('States', 'StartAt');
  const startAt = fields.text('StartAt');
  const source = fields.object('States');
  if (!isChecking()) return { startAt: startAt ?? '', states: new StatesOnDemand(fields, source ?? {}) };
  const states = new Map<string, State>();
  for (const [name, value] of Object.entries(source ?? {})) {
    const fault = nameFault(name);
    if (fault !== undefined)
      fields.document.problems.report(
        `Invalid State name: ${fault}`,
        `${fields.place}/States/${name}`,
        'INVALID_STATE_NAME',
      );
    const state = parseState(name, fields.below(value, `States/${name}`), parseFlow);
    if (state) states.set(name, state);
  }
  const known = new Set(Object.keys(source ?? {}));
  if (startAt !== undefined && source && !known.has(startAt)) missing(fields, startAt, 'StartAt');
  for (const state of states.values()) {
    for (const [target, field] of transitions(state)) {
      // A rule without Next has been reported.
      if (target !== '' && !known.has(target)) missing(fields, target, `States/${state.name}/${field}`);
    }
  }
  // AWS checks only the states of the machine itself for an end, and then reports nothing about reachability.
  const complete = states.size > 0 && states.size === known.size;
  if (complete && fields.place === '' && ![...states.values()].some(canEnd))
    fields.document.problems.report('Workflow has no terminal state', null, 'MISSING_END_STATE');
  else if (startAt !== undefined) reportUnreachable(fields, startAt, states);
  return { startAt: startAt ?? '', states };
}

function nameFault(name: string): string | undefined {
  if (name === '') return 'The name of a state is empty';
  const isLong = name.length > longestName;
  return isLong
    ? `State '${name}' exceeds the ${longestName}-character limit allowed by the service`
    : undefined;
}

const longestName = 80;

/** The states of a definition that was accepted, each read when it is needed. */
class StatesOnDemand implements States {
  readonly #fields: Fields;
  readonly #source: JsonObject;
  readonly #read = new Map<string, State>();

  constructor(fields: Fields, source: JsonObject) {
    this.#fields = fields;
    this.#source = source;
  }

  get(name: string): State | undefined {
    const known = this.#read.get(name);
    if (known || !this.has(name)) return known;
    const fields = this.#fields.below(this.#source[name], `States/${name}`);
    const state = unchecked(() => parseState(name, fields, parseFlow));
    if (state) this.#read.set(name, state);
    return state;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#source, name);
  }

  keys(): MapIterator<string> {
    return new Map(Object.entries(this.#source)).keys();
  }

  values(): MapIterator<State> {
    for (const name of this.keys()) this.get(name);
    return this.#read.values();
  }
}

function missing(fields: Fields, target: string, field: string): void {
  fields.document.problems.report(
    `Missing 'Next' target: ${target}`,
    `${fields.place}/${field}`,
    'MISSING_TRANSITION_TARGET',
  );
}

function canEnd({ type, next }: State): boolean {
  return type !== 'Choice' && next === undefined;
}

/** Returns every state that a state can lead to, with the field that names it. */
function transitions(state: State): [target: string, field: string][] {
  const found: [string, string][] = [];
  if (state.next !== undefined) found.push([state.next, 'Next']);
  if (state.type === 'Choice') {
    state.rules.forEach((_, index) => {
      found.push([state.choice(index)?.next ?? '', `Choices[${index}]/Next`]);
    });
    if (state.otherwise !== undefined) found.push([state.otherwise, 'Default']);
  }
  if ('catch' in state) {
    state.catch.forEach((catcher, index) => {
      found.push([catcher.next, `Catch[${index}]/Next`]);
    });
  }
  return found;
}

function reportUnreachable(fields: Fields, startAt: string, states: ReadonlyMap<string, State>): void {
  const reached = new Set<string>();
  const waiting = [startAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = states.get(name);
    if (!state || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...transitions(state).map(([target]) => target));
  }
  for (const name of states.keys()) {
    if (!reached.has(name)) {
      const place = `${fields.place}/States/${name}`;
      fields.document.problems.report(
        `State "${name}" is not reachable.`,
        place,
        'MISSING_TRANSITION_TARGET',
      );
    }
  }
}
