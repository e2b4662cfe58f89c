import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Account, localAccountId } from '../account.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import type { LogEntry } from '../log.ts';

export const account: Account = { id: localAccountId, region: 'us-east-1' };

/** Options of every client in tests. Keys are not checked, and a retry must not hide a fault. */
export const clientOf = (endpoint: string) => ({
  endpoint,
  region: account.region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

/** Starts a gateway on a free port with a folder and a log, all removed by `end`. */
export async function startUnderTest() {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
  const gateway: Gateway = await startGateway(0);
  const lines: LogEntry[] = [];
  return {
    folder,
    gateway,
    endpoint: gateway.endpoint,
    lines,
    log: (entry: LogEntry) => void lines.push(entry),
    /** Writes a file below the folder and returns its path. */
    write(path: string, text: string): string {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    async end() {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type UnderTest = Awaited<ReturnType<typeof startUnderTest>>;

/** Waits until the probe returns a value; a timeout names what it waited for. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 8_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`timed out waiting for: ${what}`);
    await wait(15);
  }
}
