/** Parses a state of any type; types with more than a few fields have their own modules. */

import type { Expression } from '../expression.ts';
import type { Json } from '../json.ts';
import { isChecking, unchecked } from '../work.ts';
import { parseChoice } from './choice-state.ts';
import type { Fields } from './fields.ts';
import { stateLanguage } from './language.ts';
import { type ParseFlow, parseMap } from './map-state.ts';
import type * as model from './model.ts';
import { argumentsField, dataFields, fallibleFields, resultFields } from './shared-fields.ts';
import { parseTask } from './task-state.ts';
import { parseWait } from './wait-state.ts';

type Parser = (name: string, fields: Fields, parseFlow: ParseFlow) => model.State;

const parsers: Readonly<Record<string, Parser>> = {
  Pass: parsePass,
  Task: parseTask,
  Choice: parseChoice,
  Wait: parseWait,
  Succeed: (name, fields) => ({
    type: 'Succeed',
    ...dataFields(fields),
    name,
    assign: undefined,
    next: undefined,
  }),
  Fail: parseFail,
  Parallel: parseParallel,
  Map: parseMap,
};

const empty = 'Value cannot be empty';
const typesInAwsOrder = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'];

/** Parses a state of any type, and the states inside it with `parseFlow`. Returns undefined for an invalid type. */
export function parseState(name: string, source: Fields, parseFlow: ParseFlow): model.State | undefined {
  const fields = source.inLanguage(stateLanguage(source));
  fields.raw('QueryLanguage');
  const type = fields.text('Type');
  fields.require('Type');
  const parse = type !== undefined && Object.hasOwn(parsers, type) ? parsers[type] : undefined;
  if (!parse) {
    if (type !== undefined)
      fields.report(
        `The field 'Type' should have one of these values: [${typesInAwsOrder.join(', ')}]`,
        'Type',
      );
    return undefined;
  }
  const state = parse(name, fields, parseFlow);
  fields.refuseOthers();
  return state;
}

function parsePass(name: string, fields: Fields): model.PassState {
  const result = fields.jsonata ? undefined : fields.raw('Result');
  return { type: 'Pass', ...resultFields(name, fields), result };
}

function parseFail(name: string, fields: Fields): model.FailState {
  const part = (field: string): string | Expression | undefined => {
    if (fields.jsonata) return fields.textOrJsonata(field);
    fields.refuseBoth(field, `${field}Path`);
    return fields.text(field) ?? fields.stringExpression(`${field}Path`);
  };
  const [error, cause] = [part('Error'), part('Cause')];
  return {
    type: 'Fail',
    name,
    language: fields.language,
    inputPath: undefined,
    outputPath: undefined,
    output: undefined,
    assign: undefined,
    next: undefined,
    error,
    cause,
  };
}

function parseParallel(name: string, fields: Fields, parseFlow: ParseFlow): model.ParallelState {
  const branches = fields.list('Branches') ?? [];
  fields.require('Branches');
  if (fields.has('Branches') && branches.length === 0) fields.report(empty, 'Branches');
  const base = fallibleFields(name, fields);
  return {
    type: 'Parallel',
    ...base,
    parameters: fields.jsonata ? argumentsField(fields) : base.parameters,
    branches: parseBranches(branches, (branch, index) =>
      parseBranch(branch, `Branches[${index}]`, fields, parseFlow),
    ),
  };
}

/** Parses the branches, or those of an accepted definition when they are needed. */
function parseBranches(
  sources: readonly Json[],
  parse: (source: Json | undefined, index: number) => model.Flow,
): model.Branches {
  if (isChecking()) return sources.map(parse);
  const read: model.Flow[] = [];
  const at = (index: number): model.Flow | undefined => {
    if (index >= sources.length) return undefined;
    read[index] ??= unchecked(() => parse(sources[index], index));
    return read[index];
  };
  return {
    length: sources.length,
    at,
    [Symbol.iterator]: () => sources.flatMap((_, index) => at(index) ?? []).values(),
  };
}

function parseBranch(
  source: Json | undefined,
  field: string,
  fields: Fields,
  parseFlow: ParseFlow,
): model.Flow {
  const inner = fields.below(source, field, fields.document.language);
  const flow = parseFlow(inner);
  inner.refuseOthers();
  return flow;
}
