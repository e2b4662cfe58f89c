import { randomBytes } from 'node:crypto';
import { storedJson } from 'local-aws/state';
import * as z from 'zod';

/** Returns the console's token, which stays the same over restarts, so that open pages and bookmarks keep working. */
export function consoleToken(file: string): string {
  const stored = storedJson(file, z.string(), '');
  const known = stored.read();
  if (known) return known;
  const token = randomBytes(24).toString('base64url');
  stored.write(token);
  return token;
}
