/** Lines between processes. They end with a line feed only: node:readline also breaks them at U+2028, which JSON can contain. */

import type { Readable } from 'node:stream';

/**
 * Calls back with each line once its line break is there. A process that is killed while it writes leaves part of a line, which is not
 * reported; node:readline would.
 */
export function onWholeLines(stream: Readable, report: (line: string) => unknown): void {
  let parts: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const [first = '', ...rest] = chunk.split('\n');
    parts.push(first);
    for (const next of rest) {
      report(parts.join(''));
      parts = [next];
    }
  });
}
