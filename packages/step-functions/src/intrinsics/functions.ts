/** The 18 intrinsic functions by name. Each throws a plain Error whose message describes the problem. */

import { drawn } from '../elsewhere.ts';
import type { Json } from '../json.ts';
import * as arrays from './arrays.ts';
import * as numbers from './numbers.ts';
import * as strings from './strings.ts';

export interface IntrinsicFunction {
  /** Minimum and maximum number of arguments. */
  readonly least: number;
  readonly most: number;
  readonly apply: (values: readonly Json[]) => Json;
}

const exactly = (count: number, apply: IntrinsicFunction['apply']) => ({ least: count, most: count, apply });

export const functions: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Array': { least: 0, most: Number.POSITIVE_INFINITY, apply: (values) => [...values] },
  'States.ArrayPartition': exactly(2, arrays.partition),
  'States.ArrayContains': exactly(2, arrays.contains),
  'States.ArrayRange': exactly(3, arrays.range),
  'States.ArrayGetItem': exactly(2, arrays.getItem),
  'States.ArrayLength': exactly(1, arrays.length),
  'States.ArrayUnique': exactly(1, arrays.unique),
  'States.Base64Encode': exactly(1, strings.base64Encode),
  'States.Base64Decode': exactly(1, strings.base64Decode),
  'States.Hash': exactly(2, strings.hash),
  'States.JsonMerge': exactly(3, strings.jsonMerge),
  'States.StringToJson': exactly(1, strings.stringToJson),
  'States.JsonToString': exactly(1, strings.jsonToString),
  'States.MathRandom': { least: 2, most: 3, apply: numbers.random },
  'States.MathAdd': exactly(2, numbers.add),
  'States.StringSplit': exactly(2, strings.split),
  'States.UUID': exactly(0, () => drawn(() => crypto.randomUUID())),
  'States.Format': { least: 1, most: Number.POSITIVE_INFINITY, apply: strings.format },
};
