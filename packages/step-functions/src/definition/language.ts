/** QueryLanguage of a machine and of its states. */

import type { Fields } from './fields.ts';
import type { QueryLanguage } from './model.ts';

/** Reads these fields' QueryLanguage and reports an invalid value. */
export function checkLanguage(fields: Fields): QueryLanguage | undefined {
  const language = fields.text('QueryLanguage');
  if (language === undefined || language === 'JSONPath' || language === 'JSONata') return language;
  fields.report('Value should be one of the following: [JSONPath, JSONata]', 'QueryLanguage');
  return undefined;
}

/** Returns the language of a state. It can change from JSONPath to JSONata, but not back. */
export function stateLanguage(fields: Fields): QueryLanguage {
  const language = checkLanguage(fields) ?? fields.document.language;
  if (language === 'JSONPath' && fields.document.language === 'JSONata') {
    fields.report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  return language;
}
