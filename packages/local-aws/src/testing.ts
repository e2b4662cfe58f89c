/** Parts of tests of programs on a cloud. */
import { setTimeout as wait } from 'node:timers/promises';

/** Returns options of SDK clients in tests. Keys are not checked, and a retry must not hide a fault. */
export const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

/** Waits until the probe returns a value; a timeout names what it waited for. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 60_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`timed out waiting for: ${what}`);
    await wait(15);
  }
}
