/** Scans quoted text in the square brackets and filters of a path. */

import { PathSyntaxError } from './path.ts';
import type { Scanner } from './scanner.ts';

/** Reads 'text' or "text"; a backslash takes the next character as it is. */
export function scanQuoted(scanner: Scanner): string {
  const quote = scanner.take("'") ? "'" : '"';
  if (quote === '"' && !scanner.take('"'))
    throw new PathSyntaxError(`a quote is missing in the path ${scanner.text}`);
  let value = '';
  while (!scanner.take(quote)) {
    scanner.take('\\');
    if (scanner.atEnd())
      throw new PathSyntaxError(`a closing ${quote} is missing in the path ${scanner.text}`);
    value += scanner.text[scanner.position++];
  }
  return value;
}
