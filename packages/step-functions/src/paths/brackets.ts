/** Parses the content of a path's square brackets: names, indexes, a slice, a wildcard or a filter. */

import { parseFilter, type ScanPath } from './filter.ts';
import { PathSyntaxError, type Step } from './path.ts';
import { scanQuoted } from './quoted.ts';
import type { Scanner } from './scanner.ts';

const integer = /-?\d+/y;
const fromEnd = /\(\s*@\s*\.\s*(?:length|size)(?:\s*\(\s*\))?\s*-\s*(\d+)\s*\)/y;

/** Reads the rest of a bracket whose `[` is already taken; `scanPath` reads the paths inside a filter. */
export function parseBracket(scanner: Scanner, scanPath: ScanPath): Step {
  scanner.skipSpace();
  const step = scanContent(scanner, scanPath);
  scanner.skipSpace();
  if (!scanner.take(']')) throw new PathSyntaxError(`a ] is missing in the path ${scanner.text}`);
  return step;
}

function scanContent(scanner: Scanner, scanPath: ScanPath): Step {
  if (scanner.take('*')) return { type: 'wildcard' };
  if (scanner.take('?')) return { type: 'filter', test: parseFilter(scanner, scanPath) };
  if (scanner.sees("'") || scanner.sees('"')) return { type: 'names', names: scanList(scanner, scanQuoted) };
  const places = scanner.match(fromEnd);
  if (places !== undefined) return { type: 'fromEnd', places: Number(/\d+/.exec(places)?.[0]) };
  return scanIndexes(scanner);
}

function scanIndexes(scanner: Scanner): Step {
  const from = scanInteger(scanner);
  scanner.skipSpace();
  if (scanner.take(':')) {
    scanner.skipSpace();
    return { type: 'slice', from, to: scanInteger(scanner) };
  }
  if (from === undefined)
    throw new PathSyntaxError(`[${scanner.rest()} is not an index in the path ${scanner.text}`);
  const others = scanner.take(',') ? scanList(scanner, requireInteger) : [];
  return { type: 'indexes', indexes: [from, ...others] };
}

function scanList<T>(scanner: Scanner, scanOne: (scanner: Scanner) => T): T[] {
  const items: T[] = [];
  do {
    scanner.skipSpace();
    items.push(scanOne(scanner));
    scanner.skipSpace();
  } while (scanner.take(','));
  return items;
}

function scanInteger(scanner: Scanner): number | undefined {
  const digits = scanner.match(integer);
  return digits === undefined ? undefined : Number(digits);
}

function requireInteger(scanner: Scanner): number {
  const value = scanInteger(scanner);
  if (value === undefined) throw new PathSyntaxError(`an index is missing in the path ${scanner.text}`);
  return value;
}
