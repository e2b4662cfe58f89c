/** For tests: compares values with recorded ones, as the documentation of the recordings specifies. */

import { isObject, type Json } from '../json.ts';

const any = '{{*}}';

/** Returns whether a value matches the recorded one; `{{*}}` matches any value or, within a string, any text. */
export function matchesRecorded(expected: Json | undefined, actual: Json | undefined): boolean {
  if (expected === any) return true;
  if (typeof expected === 'string') return typeof actual === 'string' && matchesText(expected, actual);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((item, index) => matchesRecorded(item, actual[index]))
    );
  }
  if (!isObject(expected)) return expected === actual;
  if (!isObject(actual)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => matchesRecorded(expected[key], actual[key]))
  );
}

function matchesText(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  const [left, right] = [parsed(expected), parsed(actual)];
  if (left !== undefined && right !== undefined) return matchesRecorded(left, right);
  const pattern = expected.split(any).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[\\s\\S]*')}$`).test(actual);
}

function parsed(text: string): Json | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
