/**
 * The functions that Step Functions adds to JSONata, and the one that it removes. Only the process loads this module.
 */

import { createHash, randomInt, randomUUID } from 'node:crypto';
import type jsonata from 'jsonata';
import { internalError } from '../errors.ts';
import { repeatsName } from '../json.ts';
import { SeededRandom } from '../random.ts';

const hashes: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};
/** AWS's limit for $range, in numbers, as measured. */
const longestRange = 360_145;
/** AWS's limit for a value inside an expression, as measured: 873,782 numbers of eight bytes. */
const mostBytes = 6_990_256;
const memoryExceeded = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';

export function registerStepFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', partition, '<a-n?:a<a>>');
  expression.registerFunction('range', range, '<nnn?:x>');
  expression.registerFunction('hash', hash, '<s-s?:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parse, '<s-:x>');
  expression.registerFunction('base64decode', base64decode, '<s-:s>');
  expression.assign('eval', undefined);
}

/** Called by JSONata with the value of each part of an expression. */
const onValue = Symbol.for('jsonata.__evaluate_exit') as unknown as string;

/** Ends an expression whose values are larger than on AWS. */
export function limitMemory(expression: jsonata.Expression): void {
  expression.assign(onValue, (_part: unknown, _input: unknown, _environment: unknown, value: unknown) => {
    const bytes = Array.isArray(value) ? 8 * value.length : typeof value === 'string' ? value.length : 0;
    if (bytes > mostBytes) throw new Error(memoryExceeded);
  });
}

/** An error that the functions of Step Functions report on AWS. */
function refused(message: string): Error {
  return Object.assign(new Error(message), { code: 'D3137' });
}

/** Fractions are cut off. Without a size there is one part; no items, or a size of 0, give nothing. */
function partition(items: unknown[] | undefined, size = items?.length ?? 0): unknown[][] | undefined {
  const length = Math.trunc(size);
  if (items === undefined || items.length === 0 || length === 0) return undefined;
  if (length < 0) throw refused('Second argument must be zero or greater');
  const parts: unknown[][] = [];
  for (let start = 0; start < items.length; start += length)
    parts.push([...items.slice(start, start + length)]);
  return parts;
}

/**
 * Returns the numbers from the first to the second (included) in steps of the third; fractions are cut off. One number is
 * returned alone, and a step that is missing or leads away from the second number gives nothing.
 */
function range(first: number, last: number, step = 0): number | number[] | undefined {
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  if (by === 0 || (to - from) * by < 0) return undefined;
  const length = Math.floor((to - from) / by) + 1;
  if (length > longestRange) throw new Error(memoryExceeded);
  return length === 1 ? from : Array.from({ length }, (_, index) => from + index * by);
}

function hash(text: string | undefined, algorithm: string | undefined): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = hashes[algorithm];
  if (!name) throw refused(`$hash: the algorithm must be one of ${Object.keys(hashes).join(', ')}`);
  return createHash(name).update(text).digest('hex');
}

/** Returns a random number in [0, 1); a seed gives the number that it gives on AWS. */
function random(seed?: number): number {
  if (seed === undefined) return randomInt(2 ** 47) / 2 ** 47;
  return new SeededRandom(seed).fraction();
}

/** Returns the value of JSON. AWS also refuses an object with two members of one name, and a number out of range. */
function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text, (_name, inner: unknown) => {
      if (inner === Infinity || inner === -Infinity) throw new RangeError('out of range');
      return inner;
    });
    if (!repeatsName(text, value)) return value;
  } catch {
    // Reported below.
  }
  throw refused('Invalid JSON');
}

const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}(?:==)?|[A-Za-z\d+/]{3}=?)?$/;

/** Decodes base64 of the basic alphabet, as JSONata does; AWS fails with an internal error for other text. */
function base64decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!base64.test(text)) throw new Error(`${internalError}${randomUUID()}`);
  return Buffer.from(text, 'base64').toString('binary');
}
