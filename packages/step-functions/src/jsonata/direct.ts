/**
 * Reads the expressions of JSONata that only follow names, `$states.input.page` or `$job.id`, which most are: they need neither
 * the other process nor the time to send data there and back.
 */

import { type Json, withoutText } from '../json.ts';
import type { Scope } from '../scope.ts';

/** The variable and the names after it. */
export type Names = readonly [variable: string, ...names: string[]];

const name = /[A-Za-z_]\w*/.source;
const onlyNames = new RegExp(`^\\$${name}(?:\\.${name})*$`);
/** Words that are not names after a dot. */
const words = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);
const partsOfStates = new Set(['input', 'result', 'errorOutput', 'context']);

/** Returns the names of an expression that has nothing else; undefined for any other. */
export function namesOnly(text: string): Names | undefined {
  if (!onlyNames.test(text)) return undefined;
  const [variable = '', ...names] = text.slice(1).split('.');
  const isWhole = variable === 'states' && !partsOfStates.has(names[0] ?? '');
  return isWhole || names.some((one) => words.has(one)) ? undefined : [variable, ...names];
}

/** The outcome of an expression: a value, nothing, or that only the other process can evaluate it. */
export type Followed = { readonly value: Json } | 'nothing' | 'elsewhere';

/** Follows names from a variable. Those of a list's items are collected elsewhere, as is a function of JSONata. */
export function follow([variable, ...names]: Names, scope: Scope): Followed {
  const isStates = variable === 'states';
  let value = isStates ? partOfStates(names[0], scope) : scope.variable(variable);
  if (value === undefined) return isStates ? 'nothing' : 'elsewhere';
  for (const one of isStates ? names.slice(1) : names) {
    if (Array.isArray(value)) return 'elsewhere';
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, one)) return 'nothing';
    value = value[one] ?? null;
  }
  return { value: withoutText(value) };
}

function partOfStates(part: string | undefined, scope: Scope): Json | undefined {
  if (part === 'input') return scope.input;
  if (part === 'result') return scope.result;
  return part === 'errorOutput' ? scope.errorOutput : scope.context();
}
