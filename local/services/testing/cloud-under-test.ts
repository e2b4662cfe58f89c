import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Account, localAccountId } from '../account.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import type { LogEntry } from '../log.ts';

export const account: Account = { id: localAccountId, region: 'us-east-1' };

/** What every client of a test needs; keys are not checked, and a fault must not be hidden by a retry. */
export const clientOf = (endpoint: string) => ({
  endpoint,
  region: account.region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

/** A folder, a gateway on a free port and a log, all gone after `end`. */
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
    /** Writes a file below the folder; answers its path. */
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

/** Waits until the probe answers something; a test that waits in vain says for what. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 8_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await wait(15);
  }
}
