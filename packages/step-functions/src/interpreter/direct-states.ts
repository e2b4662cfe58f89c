/** States that are done as soon as they are entered: Pass, Choice, Succeed, Fail. */

import type { ChoiceState, FailState, PassState, SucceedState } from '../definition/model.ts';
import { computed, jsonPathElsewhere } from '../elsewhere.ts';
import { runtimeError } from '../errors.ts';
import { applyPath, type Expression, evaluateField } from '../expression.ts';
import { isLongerThan, longestReadHere } from '../json.ts';
import { conditionsTogether } from '../jsonata/conditions.ts';
import { evaluateTyped, firstThatHolds } from '../jsonata/evaluate.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate } from '../template.ts';
import { leaveToOtherProcess } from '../work.ts';
import type { Execution } from './execution.ts';
import { failState } from './failure.ts';
import { assigned, complete, leave, shapedOutput } from './output.ts';
import type { Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';

export function runPass(execution: Execution, thread: Thread, state: PassState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const parameters = state.parameters
    ? fillTemplate(state.parameters, scopeOf(execution, thread, input))
    : input;
  complete(execution, thread, state, state.result === undefined ? parameters : state.result, false);
}

export function runChoice(execution: Execution, thread: Thread, state: ChoiceState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const scope = scopeOf(execution, thread, input);
  const rule = state.choice(chosenRule(state, scope));
  const next = rule ? rule.next : state.otherwise;
  if (next === undefined) {
    // The specification calls this States.NoChoiceMatched; AWS ends the execution with States.Runtime.
    throw runtimeError('Failed to transition out of the state. The state does not point to a next state.');
  }
  // A matching rule has its own Assign and Output; those of the state belong to Default.
  const { assign, output } = rule ?? state;
  const variables = assigned(assign, scope);
  leave(execution, thread, { output: shapedOutput(state.outputPath, output, scope), next, variables });
}

/** Returns the index of the first rule that holds, or -1. */
function chosenRule(state: ChoiceState, scope: Scope): number {
  const { rules } = state;
  const areLong = isLongerThan(rules, longestReadHere);
  if (state.language === 'JSONata') {
    const conditions = areLong
      ? conditionsTogether(rules)
      : rules.map((_, index) => state.choice(index)?.condition ?? false);
    return firstThatHolds(state, conditions, scope);
  }
  const here = () => {
    if (areLong) leaveToOtherProcess();
    return rules.findIndex((_, index) => state.choice(index)?.test(scope));
  };
  return computed(state, here, () => Number(jsonPathElsewhere(state, 'choice', rules, scope)));
}

export function runSucceed(execution: Execution, thread: Thread, state: SucceedState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const output = shapedOutput(state.outputPath, state.output, scopeOf(execution, thread, input));
  leave(execution, thread, { output, next: undefined, variables: undefined });
}

/** Ends the thread with the failure; the history has no "FailStateExited". */
export function runFail(execution: Execution, thread: Thread, state: FailState): void {
  const part = (value: string | Expression | undefined, field: string): string | undefined => {
    if (value === undefined || typeof value === 'string') return value;
    const scope = scopeOf(execution, thread, thread.input);
    if (value.kind === 'jsonata') return String(evaluateTyped(value, scope, 'string'));
    const found = evaluateField(value, field, scope);
    if (typeof found !== 'string')
      throw runtimeError(`The ${field} field must refer to a string: ${value.text}`);
    return found;
  };
  const error = part(state.error, 'ErrorPath');
  const cause = part(state.cause, 'CausePath');
  failState(execution, thread, {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
}
