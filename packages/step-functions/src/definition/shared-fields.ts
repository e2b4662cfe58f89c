/** Fields that several types of states have, in the language of the state. */

import { parseCatchers, parseRetriers } from './error-rules.ts';
import type { Fields } from './fields.ts';
import type * as model from './model.ts';

/** What goes into a state and what comes out of it. */
export function dataFields(fields: Fields) {
  const { language, jsonata } = fields;
  return {
    language,
    inputPath: jsonata ? undefined : fields.path('InputPath'),
    outputPath: jsonata ? undefined : fields.path('OutputPath'),
    output: jsonata ? fields.template('Output') : undefined,
  };
}

export function commonFields(name: string, fields: Fields) {
  const next = fields.text('Next');
  const end = fields.flag('End') ?? false;
  if ((next !== undefined) === end) fields.report('Exactly one of Next and End must be given');
  return { ...dataFields(fields), name, assign: assignField(fields), next };
}

export function assignField(fields: Fields) {
  if (Object.keys(fields.has('Assign') ? (fields.object('Assign') ?? {}) : {}).some(isReserved))
    fields.report('A variable must not be named states', 'Assign');
  return fields.template('Assign', true);
}

function isReserved(name: string): boolean {
  return name === 'states' || name === 'states.$';
}

/** For states with a result; those in JSONPath shape it by paths. */
export function resultFields(name: string, fields: Fields) {
  return {
    ...commonFields(name, fields),
    parameters: fields.jsonata ? undefined : fields.template('Parameters'),
    resultSelector: undefined as model.PassState['resultSelector'],
    resultPath: fields.jsonata ? undefined : fields.referencePath('ResultPath'),
  };
}

/** For states that can fail by something other than their own definition. */
export function fallibleFields(name: string, fields: Fields) {
  return {
    ...resultFields(name, fields),
    resultSelector: fields.jsonata ? undefined : fields.template('ResultSelector', true),
    retry: parseRetriers(fields),
    catch: parseCatchers(fields),
  };
}
