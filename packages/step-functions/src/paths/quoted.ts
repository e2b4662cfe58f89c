/** Scans quoted text in the square brackets and filters of a path. */

import { PathSyntaxError } from './path.ts';
import type { Scanner } from './scanner.ts';

/** Characters that a backslash gives a meaning, as in Jayway's paths; it takes any other character as it is. */
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const codeUnit = /u[0-9a-fA-F]{4}/y;

/** Reads 'text' or "text". */
export function scanQuoted(scanner: Scanner): string {
  const quote = scanner.take("'") ? "'" : '"';
  if (quote === '"' && !scanner.take('"'))
    throw new PathSyntaxError(`a quote is missing in the path ${scanner.text}`);
  let value = '';
  while (!scanner.take(quote)) {
    const escaped = scanner.take('\\');
    if (scanner.atEnd())
      throw new PathSyntaxError(`a closing ${quote} is missing in the path ${scanner.text}`);
    value += escaped ? scanEscape(scanner) : scanner.text[scanner.position++];
  }
  return value;
}

function scanEscape(scanner: Scanner): string {
  const unit = scanner.match(codeUnit);
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit.slice(1), 16));
  const character = scanner.text[scanner.position++] ?? '';
  return escapes[character] ?? character;
}
