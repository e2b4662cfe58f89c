import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** Stores a value in its own file, readable only by its owner. The file is replaced atomically. */
export function storedJson<T>(file: string, schema: z.ZodType<T>, initial: T) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return {
    read: (): T => (existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : initial),
    write(value: T): void {
      const draft = `${file}.new`;
      writeFileSync(draft, JSON.stringify(value, null, 2), { mode: 0o600 });
      renameSync(draft, file);
    },
  };
}
