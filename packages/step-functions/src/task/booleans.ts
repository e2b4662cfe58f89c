/** Booleans that a task's parameters have as text. */

import type { Json } from '../json.ts';

const yes = /^(?:true|True|TRUE)$/;
const no = /^(?:false|False|FALSE)$/;

/** Returns the boolean of a text that AWS's JSON reader takes for one, such as `True`; others as they are. */
export function booleanOf(value: Json): Json {
  if (typeof value !== 'string') return value;
  return yes.test(value) ? true : no.test(value) ? false : value;
}
