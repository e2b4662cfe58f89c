/** Fields that several types of states have, parsed in the language of the state. */

import { isObject } from '../json.ts';
import { isJsonata } from '../jsonata/expression.ts';
import { isChecking } from '../work.ts';
import { parseCatchers, parseRetriers } from './error-rules.ts';
import type { Fields } from './fields.ts';
import type * as model from './model.ts';

/** Parses the fields that shape a state's input and output. */
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
  if (end) fields.refuseBoth('Next', 'End');
  else if (next === undefined)
    fields.report('This object should have only one of the following fields: [Next, End]');
  return { ...dataFields(fields), name, assign: assignField(fields), next };
}

export function assignField(fields: Fields) {
  const value = fields.raw('Assign');
  const given = isObject(value) && isChecking() ? value : {};
  for (const name of Object.keys(given).map((field) => field.replace(/\.\$$/, ''))) {
    if (name === 'states')
      fields.report("Cannot assign to reserved variable '$states'.", 'Assign', 'RESERVED_VARIABLE_NAME');
    else if (!variableName.test(name) || [...name].length > longestName)
      fields.report(
        `Invalid variable name '${name}': the variable name ${variableName.test(name) ? `has more than ${longestName} characters` : 'contains invalid characters'}.`,
        'Assign',
        'INVALID_VARIABLE_NAME',
      );
  }
  return fields.template('Assign', true);
}

/** From the guide: a Unicode identifier of at most 80 characters. */
const variableName = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const longestName = 80;

/** Parses the fields of states that have a result; JSONPath states shape it with paths. */
export function resultFields(name: string, fields: Fields) {
  return {
    ...commonFields(name, fields),
    parameters: fields.jsonata ? undefined : fields.template('Parameters'),
    resultSelector: undefined as model.PassState['resultSelector'],
    resultPath: fields.jsonata ? undefined : fields.referencePath('ResultPath'),
  };
}

/** Parses the fields of states that can fail because of a service or a child. */
export function fallibleFields(name: string, fields: Fields) {
  return {
    ...resultFields(name, fields),
    resultSelector: fields.jsonata ? undefined : fields.template('ResultSelector', true),
    retry: parseRetriers(fields),
    catch: parseCatchers(fields),
  };
}

/** Parses Arguments, which AWS's schema of the language limits to an object or an expression. */
export function argumentsField(fields: Fields) {
  const value = fields.raw('Arguments');
  if (value !== undefined && !isObject(value) && !(typeof value === 'string' && isJsonata(value)))
    fields.report('The value must be an object or a JSONata expression', 'Arguments');
  return fields.template('Arguments');
}
