/** Intrinsic functions on text: formatting, encoding, hashing, JSON. */

import { createHash } from 'node:crypto';
import { isLongerThan, isObject, type Json, parseJson } from '../json.ts';
import { spend, spendText } from '../work.ts';
import { objectAt, stringAt } from './arguments.ts';

/** AWS's limit for encoding, decoding and hashing, in characters. */
const longestText = 10_000;

/** Twice the limit of a state's data, in characters. */
const longestWritten = 524_288;

const hashes: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * Replaces each `{}` with the next argument; `\{` and `\}` are braces. Lists and objects have the form of Java's, as on AWS:
 * `{a=1, b=[x, y]}`.
 */
export function format(values: readonly Json[]): Json {
  const template = stringAt(values, 0);
  const wanted = values.slice(1);
  let used = 0;
  const text = template.replace(/\\([{}])|\{\}/g, (_, brace: string | undefined) => {
    if (brace !== undefined) return brace;
    const value = wanted[used++];
    const part = shown(value ?? null);
    spendText(part.length);
    return part;
  });
  if (used !== wanted.length) {
    throw new Error(`The template has ${used} placeholders for ${wanted.length} arguments.`);
  }
  return text;
}

function shown(value: Json): string {
  spend(1);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}=${shown(part)}`)
    .join(', ')}}`;
}

/** Splits at any of the delimiter's characters and leaves out empty parts. */
export function split(values: readonly Json[]): Json {
  const delimiters = stringAt(values, 1);
  const parts: string[] = [''];
  for (const character of stringAt(values, 0)) {
    spendText(delimiters.length);
    if (delimiters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}

export function base64Encode(values: readonly Json[]): Json {
  return Buffer.from(limited(stringAt(values, 0)), 'utf8').toString('base64');
}

/** Decodes MIME's Base64, whose lines can be broken. Missing padding is accepted, as on AWS. */
export function base64Decode(values: readonly Json[]): Json {
  const text = limited(stringAt(values, 0)).replace(/\r?\n/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('The text is not valid Base64.');
  return Buffer.from(text, 'base64').toString('utf8');
}

export function hash(values: readonly Json[]): Json {
  const algorithm = hashes[stringAt(values, 1)];
  if (!algorithm) throw new Error(`The algorithm must be one of ${Object.keys(hashes).join(', ')}.`);
  const data = values[0] ?? null;
  return createHash(algorithm)
    .update(limited(typeof data === 'string' ? data : written(data)))
    .digest('hex');
}

/** Merges two objects at the top level; the second one wins. AWS does not offer a deep merge either. */
export function jsonMerge(values: readonly Json[]): Json {
  if (values[2] !== false) throw new Error('Argument 3 must be false: deep merging is not supported.');
  return { ...objectAt(values, 0), ...objectAt(values, 1) };
}

export function stringToJson(values: readonly Json[]): Json {
  const text = stringAt(values, 0);
  // AWS returns null for a blank text.
  if (text.trim() === '') return null;
  try {
    return parseJson(text);
  } catch {
    throw new Error('The text is not valid JSON.');
  }
}

export function jsonToString(values: readonly Json[]): Json {
  return written(values[0] ?? null);
}

/** Returns a value as JSON. Throws for more text than a state can have. */
function written(value: Json): string {
  if (isLongerThan(value, longestWritten)) throw new Error('The value is too large.');
  const text = JSON.stringify(value);
  spendText(text.length);
  return text;
}

function limited(text: string): string {
  if (text.length > 2 * longestText || (text.length > longestText && [...text].length > longestText))
    throw new Error(`The text must not be longer than ${longestText} characters.`);
  return text;
}
