/** Finds the variables that each state of a definition reads, as DescribeStateMachine reports them. */

import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { isJsonata } from '../jsonata/expression.ts';

/** Fields that contain states, which are reported under their own names. */
const withStates = new Set(['Branches', 'ItemProcessor', 'Iterator']);
/** A comment or a quoted text. One that does not end takes the rest, so that this is linear; the rest is kept. */
const aside = /\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|\\[\s\S])*('|$)|"(?:[^"\\]|\\[\s\S])*("|$)/g;
const inPath = /(?<![\w$])\$([\p{ID_Start}_][\p{ID_Continue}]*)/gu;
/** A name that is not called. */
const inJsonata = /\$([A-Za-z_]\w*)(?!\w|\s*\()/g;
/** A name that an expression binds, or the parameters of a function. */
const bound = /\$([A-Za-z_]\w*)\s*:=|(?:function|λ)\s*\(([^()]*)/g;

/** Returns the names of the variables by the names of the states; states that read none are left out. */
export function variableReferences(definition: string): Record<string, string[]> {
  const source = parseJson(definition);
  const found = new Map<string, Set<string>>();
  visitFlow(source, isObject(source) && source.QueryLanguage === 'JSONata', found);
  return Object.fromEntries(
    [...found].filter(([, names]) => names.size > 0).map(([state, names]) => [state, [...names]]),
  );
}

function visitFlow(flow: Json | undefined, jsonata: boolean, found: Map<string, Set<string>>): void {
  if (!isObject(flow) || !isObject(flow.States)) return;
  for (const [name, state] of Object.entries(flow.States)) {
    if (!isObject(state)) continue;
    const ownLanguage = state.QueryLanguage === 'JSONata' || (state.QueryLanguage === undefined && jsonata);
    found.set(name, ownLanguage ? namesInJsonata(state) : namesInPaths(state));
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const inner of [...branches, state.ItemProcessor, state.Iterator]) visitFlow(inner, jsonata, found);
  }
}

function namesInJsonata(state: JsonObject): Set<string> {
  const names = new Set<string>();
  for (const [, text] of textsOf(state)) {
    if (!isJsonata(text)) continue;
    const code = withoutAsides(text);
    const own = new Set(['states']);
    for (const [, name, parameters = ''] of code.matchAll(bound)) {
      if (name !== undefined) own.add(name);
      for (const [, parameter = ''] of parameters.matchAll(inJsonata)) own.add(parameter);
    }
    for (const [, name = ''] of code.matchAll(inJsonata)) if (!own.has(name)) names.add(name);
  }
  return names;
}

function namesInPaths(state: JsonObject): Set<string> {
  const names = new Set<string>();
  for (const [field, text] of textsOf(state)) {
    if (!field.endsWith('.$') && !field.endsWith('Path') && field !== 'Variable') continue;
    for (const [, name = ''] of withoutAsides(text).matchAll(inPath)) names.add(name);
  }
  return names;
}

const withoutAsides = (text: string): string =>
  text.replace(aside, (token: string, single?: string, double?: string) =>
    token.endsWith('*/') || single || double ? '' : token,
  );

/** Yields the texts in a value, each with the name of its field. */
function* textsOf(value: Json, field = ''): Generator<[field: string, text: string]> {
  if (typeof value === 'string') yield [field, value];
  else if (Array.isArray(value)) for (const item of value) yield* textsOf(item, field);
  else if (isObject(value))
    for (const [name, inner] of Object.entries(value)) if (!withStates.has(name)) yield* textsOf(inner, name);
}
