/** Wait: for a number of seconds or until a timestamp. */

import { parseTimestamp } from '../timestamps.ts';
import type { Fields } from './fields.ts';
import type { Amount, WaitState } from './model.ts';
import { commonFields } from './shared-fields.ts';

const waysOf = {
  JSONPath: ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'],
  JSONata: ['Seconds', 'Timestamp'],
};

export function parseWait(name: string, fields: Fields): WaitState {
  fields.requireOne(...waysOf[fields.language]);
  const timestamp = parseMoment(fields);
  return { type: 'Wait', ...commonFields(name, fields), seconds: fields.amount('Seconds', 0), timestamp };
}

function parseMoment(fields: Fields): Amount | undefined {
  const text = fields.jsonata ? fields.textOrJsonata('Timestamp') : fields.text('Timestamp');
  if (typeof text === 'object') return text;
  const moment = text === undefined ? undefined : parseTimestamp(text);
  if (text !== undefined && moment === undefined)
    fields.report('String does not match RFC3339 timestamp', 'Timestamp');
  const path = fields.jsonata ? undefined : fields.requiredPath('TimestampPath');
  return moment ?? path;
}
