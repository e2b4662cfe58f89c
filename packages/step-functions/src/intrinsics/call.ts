/** Grammar of intrinsic calls: `States.Format('{} of {}', $.done, States.ArrayLength($.all))`. */

import type { Json } from '../json.ts';
import { scanPath } from '../paths/jsonpath.ts';
import { type Path, PathSyntaxError } from '../paths/path.ts';
import { Scanner } from '../paths/scanner.ts';
import { functions } from './functions.ts';

export interface IntrinsicCall {
  readonly kind: 'call';
  readonly text: string;
  /** Full name, as in `States.Format`. */
  readonly name: string;
  readonly arguments: readonly Argument[];
}

export type Argument = IntrinsicCall | Path | { readonly kind: 'constant'; readonly value: Json };

const functionName = /States\.[A-Za-z0-9]+/y;
const number = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const words: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/** Characters that can follow a backslash in a string; `\{` stays escaped for States.Format. */
const escapable = "'{}\\";

/** Parses a text as one call with its nested calls. Throws PathSyntaxError. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const scanner = new Scanner(text);
  scanner.skipSpace();
  const call = scanCall(scanner);
  scanner.skipSpace();
  if (!scanner.atEnd()) throw new PathSyntaxError(`unexpected '${scanner.rest()}' in ${text}`);
  return call;
}

function scanCall(scanner: Scanner): IntrinsicCall {
  const start = scanner.position;
  const name = scanner.match(functionName) ?? '';
  const definition = functions[name];
  if (!definition) throw new PathSyntaxError(`${name || scanner.rest()} is not an intrinsic function`);
  scanner.skipSpace();
  if (!scanner.take('(')) throw new PathSyntaxError(`a ( is missing after ${name}`);
  const args: Argument[] = [];
  scanner.skipSpace();
  if (!scanner.take(')')) {
    do args.push(scanArgument(scanner));
    while (scanner.take(','));
    if (!scanner.take(')')) throw new PathSyntaxError(`a ) is missing in ${scanner.text}`);
  }
  if (args.length < definition.least || args.length > definition.most) {
    throw new PathSyntaxError(`${name} does not take ${args.length} arguments`);
  }
  return { kind: 'call', text: scanner.text.slice(start, scanner.position), name, arguments: args };
}

function scanArgument(scanner: Scanner): Argument {
  scanner.skipSpace();
  const argument = scanValue(scanner);
  scanner.skipSpace();
  return argument;
}

function scanValue(scanner: Scanner): Argument {
  if (scanner.sees('$')) return scanPath(scanner);
  if (scanner.sees('States.')) return scanner.nested(() => scanCall(scanner));
  if (scanner.take("'")) return { kind: 'constant', value: scanString(scanner) };
  const digits = scanner.match(number);
  if (digits !== undefined) return { kind: 'constant', value: Number(digits) };
  const word = scanner.match(/[a-z]+/y) ?? '';
  const value = words[word];
  if (value === undefined)
    throw new PathSyntaxError(`'${word || scanner.rest()}' is not an argument in ${scanner.text}`);
  return { kind: 'constant', value };
}

function scanString(scanner: Scanner): string {
  let value = '';
  while (!scanner.take("'")) {
    const character = scanner.text[scanner.position++];
    if (character === undefined) throw new PathSyntaxError(`a closing ' is missing in ${scanner.text}`);
    if (character !== '\\') {
      value += character;
      continue;
    }
    const escaped = scanner.text[scanner.position++];
    if (escaped === undefined || !escapable.includes(escaped)) {
      throw new PathSyntaxError(`\\${escaped ?? ''} is not an escape in ${scanner.text}`);
    }
    value += escaped === '{' || escaped === '}' ? `\\${escaped}` : escaped;
  }
  return value;
}
