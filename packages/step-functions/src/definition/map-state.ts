/** Parses Map: its items and its item processor. */

import { isObject } from '../json.ts';
import { isJsonata } from '../jsonata/expression.ts';
import { parseDistributed, processorConfig } from './distributed-map.ts';
import { reportStandardOnly } from './express.ts';
import type { Fields } from './fields.ts';
import type { Flow, MapState } from './model.ts';
import { fallibleFields } from './shared-fields.ts';

/** Parses the states inside a state. */
export type ParseFlow = (fields: Fields) => Flow;

export function parseMap(name: string, fields: Fields, parseFlow: ParseFlow): MapState {
  const processorField = processorName(fields);
  const base = fallibleFields(name, fields);
  fields.refuseBoth('ItemSelector', 'Parameters');
  const source = fields.raw(processorField);
  const processor = fields.below(source ?? {}, processorField, fields.document.language);
  const distributed = parseDistributed(fields, processorConfig(processor));
  const flow = source === undefined ? { startAt: '', states: new Map() } : parseFlow(processor);
  processor.refuseOthers();
  if (distributed?.express) reportStandardOnly(flow, fields.document.problems);
  return {
    type: 'Map',
    ...base,
    parameters: undefined,
    itemSelector: fields.template('ItemSelector') ?? base.parameters,
    itemsPath: fields.jsonata ? undefined : fields.singlePath('ItemsPath'),
    items: fields.jsonata ? itemsTemplate(fields, distributed !== undefined) : undefined,
    processor: flow,
    distributed,
    // AWS accepts any number, and takes its own limit where that is lower.
    maxConcurrency: fields.amount('MaxConcurrency', 0, Number.POSITIVE_INFINITY),
    toleratedFailureCount: fields.amount('ToleratedFailureCount', 0),
    toleratedFailurePercentage: fields.amount('ToleratedFailurePercentage', 0, 100, 'number'),
  };
}

/** Returns the name of the processor's field; JSONPath states can also call it `Iterator`. */
function processorName(fields: Fields): string {
  if (fields.jsonata) {
    fields.require('ItemProcessor');
    return 'ItemProcessor';
  }
  fields.requireOne('ItemProcessor', 'Iterator');
  return fields.has('Iterator') ? 'Iterator' : 'ItemProcessor';
}

/** Reads Items: a list or an expression; in a distributed Map also an object, whose members are the items. */
function itemsTemplate(fields: Fields, distributed: boolean) {
  const value = fields.raw('Items');
  const isData = Array.isArray(value) || (distributed && isObject(value));
  const isExpression = typeof value === 'string' && isJsonata(value);
  if (value !== undefined && !isData && !isExpression)
    fields.report('The value must be a list or a JSONata expression', 'Items');
  return fields.template('Items');
}
