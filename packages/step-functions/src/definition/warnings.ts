/** Warns, as ValidateStateMachineDefinition does, of texts that look like paths where none is evaluated. The words are AWS's. */

import { isObject, type Json, parseJson } from '../json.ts';

export interface Warning {
  readonly code: string;
  readonly text: string;
  readonly place: string;
}

/** AWS's number of diagnostics in a response, and one that shows that there are more. */
const most = 101;
/** Levels of values and of states that are looked at. */
const mostLevels = 100;
const templates = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];
const looksLikePath = /^\$(?:$|[.[$])/;
const looksLikeIntrinsic = /^States\.\w+\(.*\)$/s;
const atRuntime = 'at runtime.';

/** Returns what a text looks like. The words for an intrinsic function are an assumption. */
function expressionIn(text: string): string | undefined {
  if (looksLikePath.test(text)) return 'a JSONPath';
  return looksLikeIntrinsic.test(text) ? 'an Intrinsic Function' : undefined;
}

/** Returns the warnings of a definition that is JSON. */
export function warningsOf(definition: string): Warning[] {
  const found: Warning[] = [];
  const source = parseJson(definition);
  visitFlow(source, '', isObject(source) && source.QueryLanguage === 'JSONata', found);
  return found;
}

function visitFlow(
  flow: Json | undefined,
  place: string,
  jsonata: boolean,
  found: Warning[],
  levels = mostLevels,
): void {
  if (levels === 0 || !isObject(flow) || !isObject(flow.States)) return;
  for (const [name, state] of Object.entries(flow.States)) {
    if (found.length >= most) return;
    if (!isObject(state)) continue;
    const at = `${place}/States/${name}`;
    const ownLanguage = state.QueryLanguage === undefined ? jsonata : state.QueryLanguage === 'JSONata';
    if (!ownLanguage) visitState(state, at, found);
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    branches.forEach(
      (branch, index) => void visitFlow(branch, `${at}/Branches[${index}]`, jsonata, found, levels - 1),
    );
    for (const field of ['ItemProcessor', 'Iterator'])
      visitFlow(state[field], `${at}/${field}`, jsonata, found, levels - 1);
  }
}

function visitState(state: { readonly [field: string]: Json }, place: string, found: Warning[]): void {
  for (const field of templates)
    visitTemplate(state[field], found, (name, text) => {
      const what = expressionIn(text);
      return what === undefined || name.endsWith('.$')
        ? undefined
        : {
            code: 'NO_DOLLAR',
            text: `The value of '${name}' looks like ${what}. Instead of '${name}', use '${name}.$' to evaluate it as ${what} ${atRuntime}`,
            place: `${place}/${field}`,
          };
    });
  if (state.Type === 'Pass')
    visitTemplate(state.Result, found, (name, text) =>
      name.endsWith('.$') && expressionIn(text) !== undefined
        ? {
            code: 'PASS_RESULT_IS_STATIC',
            text: `The value of '${name}' will not evaluate as a JSONPath or Intrinsic Function ${atRuntime} Instead of 'Result', use 'Parameters' to evaluate it as a JSONPath or Intrinsic Function ${atRuntime}`,
            place: `${place}/Result`,
          }
        : undefined,
    );
  if (state.Type !== 'Fail') return;
  for (const field of ['Error', 'Cause']) {
    const text = state[field];
    if (typeof text === 'string' && looksLikePath.test(text))
      found.push({
        code: 'NO_PATH',
        text: `The value of '${field}' looks like a JSONPath. Instead of '${field}', use '${field}Path' to evaluate it as a JSONPath ${atRuntime}`,
        place: `${place}/${field}`,
      });
  }
}

function visitTemplate(
  value: Json | undefined,
  found: Warning[],
  warning: (name: string, text: string) => Warning | undefined,
  levels = mostLevels,
): void {
  if (levels === 0 || typeof value !== 'object' || value === null) return;
  const inner = Array.isArray(value) ? value.map((item) => ['', item] as const) : Object.entries(value);
  for (const [name, item] of inner) {
    if (found.length >= most) return;
    const added = typeof item === 'string' && name !== '' ? warning(name, item) : undefined;
    if (added) found.push(added);
    else visitTemplate(item, found, warning, levels - 1);
  }
}
