/** QueryLanguage of a machine and of its states. */

import type { Json } from '../json.ts';
import type { Fields } from './fields.ts';
import type { QueryLanguage } from './model.ts';

/** Reads these fields' QueryLanguage and reports an invalid value, which counts as JSONata, as on AWS. */
export function checkLanguage(fields: Fields): QueryLanguage | undefined {
  fields.oneOf('QueryLanguage', ['JSONPath', 'JSONata']);
  return languageOf(fields.raw('QueryLanguage'));
}

/** Returns the language that a value of QueryLanguage stands for. */
export function languageOf(value: Json | undefined): QueryLanguage | undefined {
  if (value === undefined) return undefined;
  return value === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

/** Returns the language of a state. It can change from JSONPath to JSONata, but not back. */
export function stateLanguage(fields: Fields): QueryLanguage {
  const language = checkLanguage(fields) ?? fields.document.language;
  if (language === 'JSONPath' && fields.document.language === 'JSONata') {
    fields.report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  return language;
}
