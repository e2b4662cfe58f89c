/** One parser for each state type. */

import { compileTest } from '../choice.ts';
import type { Expression } from '../expression.ts';
import type { Json } from '../json.ts';
import { parseTimestamp } from '../timestamps.ts';
import { parseCatchers, parseRetriers } from './error-rules.ts';
import type { Fields } from './fields.ts';
import { parseFlow } from './flow.ts';
import type * as model from './model.ts';
import { parseResource } from './resource.ts';

type Parser = (name: string, fields: Fields) => model.State;

const PARSERS: Readonly<Record<string, Parser>> = {
  Pass: parsePass,
  Task: parseTask,
  Choice: parseChoice,
  Wait: parseWait,
  Succeed: (name, fields) => ({
    type: 'Succeed',
    ...paths(fields),
    name,
    assign: undefined,
    next: undefined,
  }),
  Fail: parseFail,
  Parallel: parseParallel,
  Map: parseMap,
};

/** Parses a state of any type; undefined when its type is none. */
export function parseState(name: string, fields: Fields): model.State | undefined {
  const type = fields.text('Type');
  const language = fields.text('QueryLanguage');
  if (language !== undefined && language !== 'JSONPath') {
    fields.report(`QueryLanguage ${language} is not in the local cloud yet`, 'QueryLanguage');
  }
  const parse = type === undefined ? undefined : PARSERS[type];
  if (!parse) {
    fields.report(`Type must be one of ${Object.keys(PARSERS).join(', ')}`, 'Type');
    return undefined;
  }
  const state = parse(name, fields);
  fields.refuseOthers();
  return state;
}

function paths(fields: Fields) {
  return { inputPath: fields.path('InputPath'), outputPath: fields.path('OutputPath') };
}

function common(name: string, fields: Fields) {
  const next = fields.text('Next');
  const end = fields.flag('End') ?? false;
  if ((next !== undefined) === end) fields.report('Exactly one of Next and End must be given');
  return { ...paths(fields), name, assign: fields.template('Assign', true), next };
}

function withResult(name: string, fields: Fields) {
  return {
    ...common(name, fields),
    parameters: fields.template('Parameters'),
    resultSelector: undefined as model.PassState['resultSelector'],
    resultPath: fields.referencePath('ResultPath'),
  };
}

function fallible(name: string, fields: Fields) {
  return {
    ...withResult(name, fields),
    resultSelector: fields.template('ResultSelector', true),
    retry: parseRetriers(fields),
    catch: parseCatchers(fields),
  };
}

function parsePass(name: string, fields: Fields): model.PassState {
  return { type: 'Pass', ...withResult(name, fields), result: fields.raw('Result') };
}

function parseTask(name: string, fields: Fields): model.TaskState {
  const arn = fields.text('Resource');
  const resource = parseResource(arn ?? '');
  if (arn === undefined) fields.report("The field 'Resource' is required");
  else if (typeof resource === 'string') fields.report(resource, 'Resource');
  if (fields.has('Credentials')) fields.report('Credentials are not in the local cloud', 'Credentials');
  fields.raw('Credentials');
  const timeoutSeconds = fields.amount('TimeoutSeconds', 1);
  const heartbeatSeconds = fields.amount('HeartbeatSeconds', 1);
  if (
    typeof timeoutSeconds === 'number' &&
    typeof heartbeatSeconds === 'number' &&
    heartbeatSeconds >= timeoutSeconds
  ) {
    fields.report('HeartbeatSeconds must be smaller than TimeoutSeconds', 'HeartbeatSeconds');
  }
  return {
    type: 'Task',
    ...fallible(name, fields),
    resource:
      typeof resource === 'string'
        ? { arn: '', service: 'function', action: '', waitForTaskToken: false }
        : resource,
    timeoutSeconds,
    heartbeatSeconds,
  };
}

function parseChoice(name: string, fields: Fields): model.ChoiceState {
  const rules = fields.list('Choices') ?? [];
  if (rules.length === 0) fields.report("The field 'Choices' must have at least one rule");
  const choices = rules.map((rule, index): model.ChoiceRule => {
    const place = `Choices[${index}]`;
    const inner = fields.below(rule, place);
    const next = inner.text('Next');
    if (next === undefined) inner.report("The field 'Next' is required");
    const test = compileTest(rule, (problem, where) => fields.report(problem, `${place}${where}`));
    return { test, next: next ?? '', assign: inner.template('Assign', true) };
  });
  const otherwise = fields.text('Default');
  return {
    type: 'Choice',
    ...paths(fields),
    name,
    assign: fields.template('Assign', true),
    next: undefined,
    choices,
    otherwise,
  };
}

function parseWait(name: string, fields: Fields): model.WaitState {
  const ways = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((way) => fields.has(way));
  if (ways.length !== 1)
    fields.report('Exactly one of Seconds, SecondsPath, Timestamp and TimestampPath must be given');
  const text = fields.text('Timestamp');
  const moment = text === undefined ? undefined : parseTimestamp(text);
  if (text !== undefined && moment === undefined)
    fields.report('String does not match RFC3339 timestamp', 'Timestamp');
  const timestamp = moment ?? fields.requiredPath('TimestampPath');
  fields.requiredPath('TimestampPath');
  return { type: 'Wait', ...common(name, fields), seconds: fields.amount('Seconds', 0), timestamp };
}

function parseFail(name: string, fields: Fields): model.FailState {
  const part = (field: string): string | Expression | undefined => {
    if (fields.has(field) && fields.has(`${field}Path`))
      fields.report(`Only one of ${field} and ${field}Path may be given`);
    return fields.text(field) ?? fields.expression(`${field}Path`);
  };
  const [error, cause] = [part('Error'), part('Cause')];
  return {
    type: 'Fail',
    name,
    inputPath: undefined,
    outputPath: undefined,
    assign: undefined,
    next: undefined,
    error,
    cause,
  };
}

function parseParallel(name: string, fields: Fields): model.ParallelState {
  const branches = fields.list('Branches') ?? [];
  if (branches.length === 0) fields.report("The field 'Branches' must have at least one branch");
  return {
    type: 'Parallel',
    ...fallible(name, fields),
    branches: branches.map((branch, index) => parseClosedFlow(branch, `Branches[${index}]`, fields)),
  };
}

function parseClosedFlow(source: Json | undefined, field: string, fields: Fields): model.Flow {
  const inner = fields.below(source, field);
  const flow = parseFlow(inner);
  inner.refuseOthers();
  return flow;
}

function parseMap(name: string, fields: Fields): model.MapState {
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label']) {
    if (fields.has(field))
      fields.report(`${field} belongs to distributed Map, which is not in the local cloud yet`, field);
    fields.raw(field);
  }
  if (fields.has('ItemProcessor') === fields.has('Iterator'))
    fields.report('Exactly one of ItemProcessor and Iterator must be given');
  if (fields.has('ItemSelector') && fields.has('Parameters'))
    fields.report('Only one of ItemSelector and Parameters may be given');
  const base = fallible(name, fields);
  const processor = fields.below(
    fields.raw('ItemProcessor') ?? fields.raw('Iterator'),
    fields.has('Iterator') ? 'Iterator' : 'ItemProcessor',
  );
  fields.raw('Iterator');
  const config = processor.object('ProcessorConfig');
  if (config && config.Mode !== undefined && config.Mode !== 'INLINE') {
    processor.report(
      `Map in ${String(config.Mode)} mode is not in the local cloud yet`,
      'ProcessorConfig/Mode',
    );
  }
  const flow = parseFlow(processor);
  processor.refuseOthers();
  return {
    type: 'Map',
    ...base,
    parameters: undefined,
    itemSelector: fields.template('ItemSelector') ?? base.parameters,
    itemsPath: fields.requiredPath('ItemsPath'),
    processor: flow,
    maxConcurrency: fields.amount('MaxConcurrency', 0),
    toleratedFailureCount: fields.amount('ToleratedFailureCount', 0),
    toleratedFailurePercentage: fields.amount('ToleratedFailurePercentage', 0, 100),
  };
}
