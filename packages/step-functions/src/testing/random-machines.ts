/** For tests: random machines, and their outcome according to the specification, computed without the engine. */

import fc from 'fast-check';
import type { Json, JsonObject } from '../json.ts';

/** One step of a machine. */
export type Step =
  | { readonly kind: 'result'; readonly value: Json }
  | { readonly kind: 'wrap'; readonly key: string }
  | { readonly kind: 'wrapJsonata'; readonly key: string }
  | { readonly kind: 'wait' }
  | { readonly kind: 'assign'; readonly name: string }
  | { readonly kind: 'assignJsonata'; readonly name: string }
  | { readonly kind: 'read'; readonly name: string }
  | { readonly kind: 'choice'; readonly yes: readonly Step[]; readonly no: readonly Step[] }
  | { readonly kind: 'parallel'; readonly branches: readonly (readonly Step[])[] }
  | {
      readonly kind: 'map';
      readonly items: readonly Json[];
      readonly body: readonly Step[];
      readonly distributed: boolean;
    }
  | { readonly kind: 'fail'; readonly caught: boolean };

/** Branches fail in any order: these are the errors that can come first. */
class ModelFailure extends Error {
  readonly errors: readonly string[];

  constructor(errors: readonly string[]) {
    super(errors.join(' or '));
    this.errors = errors;
  }
}

const json: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const key = fc.constantFrom('a', 'b', 'job_id');
const name = fc.constantFrom('x', 'y');

/** Generates steps. `withWaits` adds waiting states, where the machine can be stopped. */
export function randomSteps(withWaits: boolean): fc.Arbitrary<Step[]> {
  const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
    steps: fc.array(tie('step'), { maxLength: 3, depthIdentifier: 'machine' }),
    step: fc.oneof(
      { depthSize: 'small', depthIdentifier: 'machine', withCrossShrink: true },
      fc.record({ kind: fc.constant('result' as const), value: json }),
      fc.record({ kind: fc.constantFrom('wrap' as const, 'wrapJsonata' as const), key }),
      fc.record({
        kind: fc.constantFrom('assign' as const, 'assignJsonata' as const, 'read' as const),
        name,
      }),
      ...(withWaits ? [fc.constant({ kind: 'wait' as const })] : []),
      fc.record({ kind: fc.constant('fail' as const), caught: fc.nat(3).map((chance) => chance > 0) }),
      fc.record({ kind: fc.constant('choice' as const), yes: tie('steps'), no: tie('steps') }),
      fc.record({
        kind: fc.constant('parallel' as const),
        branches: fc.array(tie('steps'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant('map' as const),
        items: fc.array(json, { maxLength: 4 }),
        body: tie('steps'),
        distributed: fc.boolean(),
      }),
    ),
  }));
  return steps;
}

export type Expected = { readonly output: Json } | { readonly errors: readonly string[] };

/** Returns the outcome of steps. Variables that branches and iterations assign stay inside them. */
export function expectedOutcome(steps: readonly Step[], input: Json): Expected {
  try {
    return { output: run(steps, input, {}) };
  } catch (error) {
    if (error instanceof ModelFailure) return { errors: error.errors };
    throw error;
  }
}

function run(steps: readonly Step[], input: Json, variables: JsonObject): Json {
  return steps.reduce<Json>((value, step) => runStep(step, value, variables), input);
}

function runStep(step: Step, input: Json, variables: JsonObject): Json {
  switch (step.kind) {
    case 'result':
      return step.value;
    case 'wrap':
    case 'wrapJsonata':
      return { [step.key]: input };
    case 'wait':
      return input;
    case 'assign':
    case 'assignJsonata':
      variables[step.name] = input;
      return input;
    case 'read': {
      const value = variables[step.name];
      if (value === undefined) throw new ModelFailure(['States.Runtime']);
      return value;
    }
    case 'choice':
      return run(input === null ? step.yes : step.no, input, variables);
    case 'parallel':
      return together(step.branches, (branch) => run(branch, input, { ...variables }));
    case 'map':
      return runMap(step, variables);
    case 'fail':
      if (!step.caught) throw new ModelFailure(['Broken']);
      return { Error: 'Broken', Cause: 'why' };
  }
}

/** Computes the outcome of a Map. Children of a distributed Map do not see variables, and any failure fails the Map. */
function runMap({ items, body, distributed }: Step & { kind: 'map' }, variables: JsonObject): Json {
  if (!distributed) return together(items, (item) => run(body, item, { ...variables }));
  try {
    return together(items, (item) => run(body, item, {}));
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    throw new ModelFailure(['States.ExceedToleratedFailureThreshold']);
  }
}

function together<T>(parts: readonly T[], runPart: (part: T) => Json): Json[] {
  const errors = new Set<string>();
  const outputs = parts.map((part) => {
    try {
      return runPart(part);
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      for (const name of error.errors) errors.add(name);
      return null;
    }
  });
  if (errors.size > 0) throw new ModelFailure([...errors]);
  return outputs;
}

/** Returns the machine that does the steps. */
export function definitionOf(steps: readonly Step[]): JsonObject {
  let count = 0;
  const fresh = (kind: string) => {
    count += 1;
    return `${kind}${count}`;
  };

  /** Adds the states of a sequence to `states`. Returns the name of the first one. */
  const sequence = (inner: readonly Step[], next: string | undefined, states: JsonObject): string => {
    let following = next;
    for (const step of inner.toReversed()) following = add(step, following, states);
    if (following !== undefined && following !== next) return following;
    if (following !== undefined && inner.length === 0) return following;
    const end = fresh('End');
    states[end] = { Type: 'Pass', ...leading(next) };
    return end;
  };
  const flow = (inner: readonly Step[]): JsonObject => {
    const states: JsonObject = {};
    const start = sequence(inner, undefined, states);
    return { StartAt: start, States: states };
  };

  const add = (step: Step, next: string | undefined, states: JsonObject): string => {
    const state = fresh(step.kind);
    const common = leading(next);
    switch (step.kind) {
      case 'result':
        states[state] = { Type: 'Pass', Result: step.value, ...common };
        break;
      case 'wrap':
        states[state] = { Type: 'Pass', Parameters: { [`${step.key}.$`]: '$' }, ...common };
        break;
      case 'wrapJsonata':
        states[state] = jsonata({ Output: { [step.key]: '{% $states.input %}' }, ...common });
        break;
      case 'wait':
        states[state] = { Type: 'Wait', Seconds: 1, ...common };
        break;
      case 'assign':
        states[state] = { Type: 'Pass', Assign: { [`${step.name}.$`]: '$' }, ...common };
        break;
      case 'assignJsonata':
        states[state] = jsonata({ Assign: { [step.name]: '{% $states.input %}' }, ...common });
        break;
      case 'read':
        states[state] = { Type: 'Pass', InputPath: `$${step.name}`, ...common };
        break;
      case 'choice':
        addChoice(state, step, next, states);
        break;
      case 'parallel':
        states[state] = { Type: 'Parallel', Branches: step.branches.map(flow), ...common };
        break;
      case 'map': {
        const mode = step.distributed
          ? { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }
          : { Mode: 'INLINE' };
        const map = fresh('Items');
        states[map] = {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: mode, ...flow(step.body) },
          ...common,
        };
        states[state] = { Type: 'Pass', Result: [...step.items], Next: map };
        break;
      }
      case 'fail':
        addFail(state, step.caught, next, states);
        break;
    }
    return state;
  };

  /** Both choices lead to the same end. */
  const addChoice = (
    state: string,
    { yes, no }: Step & { kind: 'choice' },
    next: string | undefined,
    states: JsonObject,
  ) => {
    const join = next ?? fresh('Join');
    if (next === undefined) states[join] = { Type: 'Succeed' };
    const rule = { Variable: '$', IsNull: true, Next: sequence(yes, join, states) };
    states[state] = { Type: 'Choice', Choices: [rule], Default: sequence(no, join, states) };
  };

  const addFail = (state: string, caught: boolean, next: string | undefined, states: JsonObject) => {
    const failing = fresh('Fail');
    const branch = {
      StartAt: failing,
      States: { [failing]: { Type: 'Fail', Error: 'Broken', Cause: 'why' } },
    };
    const target = next ?? fresh('Caught');
    if (caught && next === undefined) states[target] = { Type: 'Succeed' };
    const rule = { Catch: [{ ErrorEquals: ['States.ALL'], Next: target }] };
    states[state] = { Type: 'Parallel', Branches: [branch], ...(caught ? rule : {}), ...leading(next) };
  };
  return flow(steps);
}

function leading(next: string | undefined): JsonObject {
  return next === undefined ? { End: true } : { Next: next };
}

function jsonata(more: JsonObject): JsonObject {
  return { Type: 'Pass', QueryLanguage: 'JSONata', ...more };
}
