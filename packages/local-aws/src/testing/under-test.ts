import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, localAccountId } from '../account.ts';
import { recordConformance } from '../conformance/index.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import type { LogEntry } from '../log.ts';

export const account: Account = { id: localAccountId, region: 'us-east-1' };

/**
 * Starts a gateway on a free port with a folder and a log, all removed by `end`, which fails for what AWS's models of
 * the services do not allow, unless the test serves replies that are not AWS's.
 */
export async function startUnderTest({ asOnAws = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
  const conformance = recordConformance();
  const gateway: Gateway = await startGateway(0, ...(asOnAws ? [conformance.middleware] : []));
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
      expect(conformance.problems()).toEqual([]);
    },
  };
}
export type UnderTest = Awaited<ReturnType<typeof startUnderTest>>;
