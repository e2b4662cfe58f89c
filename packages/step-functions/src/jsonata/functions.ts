/**
 * The functions that Step Functions adds to JSONata, and the one that it removes. Only the process loads this module.
 */

import { createHash, randomInt, randomUUID } from 'node:crypto';
import type jsonata from 'jsonata';

const hashes: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};
/** JSONata's own limit for a range. */
const longestRange = 10_000_000;

export function registerStepFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', partition, '<a-n:a<a>>');
  expression.registerFunction('range', range, '<nnn:a<n>>');
  expression.registerFunction('hash', hash, '<s-s:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parse, '<s-:x>');
  expression.assign('eval', undefined);
}

function partition(items: unknown[] | undefined, size: number): unknown[][] | undefined {
  if (items === undefined) return undefined;
  if (!Number.isInteger(size) || size < 1)
    throw new Error('$partition: the size must be a whole number from 1');
  const parts: unknown[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push([...items.slice(start, start + size)]);
  return parts;
}

/** Returns the numbers from the first to the second (included) in steps of the third. */
function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new Error('$range: the step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > longestRange) throw new Error(`$range: more than ${longestRange} numbers`);
  return Array.from({ length }, (_, index) => first + index * step);
}

function hash(text: string | undefined, algorithm: string): string | undefined {
  if (text === undefined) return undefined;
  const name = hashes[algorithm];
  if (!name) throw new Error(`$hash: the algorithm must be one of ${Object.keys(hashes).join(', ')}`);
  return createHash(name).update(text).digest('hex');
}

/** Returns a random number in [0, 1); a seed makes it repeatable. */
function random(seed?: number): number {
  if (seed === undefined) return randomInt(2 ** 47) / 2 ** 47;
  return createHash('sha256').update(String(seed)).digest().readUIntBE(0, 6) / 2 ** 48;
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
