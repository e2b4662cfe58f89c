/** Parts of tests of programs on a cloud. */
import { setTimeout as wait } from 'node:timers/promises';
import { localAccountId } from './account.ts';
import { startGateway } from './gateway/gateway.ts';
import { startObjectStorage } from './storage/object-storage.ts';

/** Serves S3 alone, with its objects in a folder. */
export async function startS3(folder: string): Promise<{ endpoint: string; close(): Promise<void> }> {
  const gateway = await startGateway(0);
  const { s3 } = await startObjectStorage(folder, { id: localAccountId, region: 'us-east-1' });
  gateway.serve('s3', s3);
  return {
    endpoint: gateway.endpoint,
    async close() {
      await gateway.close();
      await s3.close();
    },
  };
}

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
