/** Parsers that misbehave, to test that this is detected. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Target, target } from '../target.ts';

const kept: Buffer[] = [];
const make = (read: (input: number) => void) => async (): Promise<Target> => target(fc.nat(), read);

export const targets = (folder: string): Readonly<Record<string, () => Promise<Target>>> => ({
  'writes-elsewhere': make(() => writeFileSync(join(folder, '..', 'escaped'), '')),
  'never-ends': make(() => {
    for (;;);
  }),
  grows: make(() => {
    kept.push(Buffer.alloc(64 * 1024 ** 2, 1));
  }),
  crashes: make((input) => {
    if (input > 3) process.abort();
  }),
});
