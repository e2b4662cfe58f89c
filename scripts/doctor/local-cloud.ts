import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lockHolder } from 'local-aws/state';
import * as z from 'zod';
import { type Check, fail, ok, warn } from './check.ts';

const port = 8083;

interface Ports {
  /** Ends a process. Throws if it does not end. */
  end(pid: number): Promise<void>;
  isFree(port: number): Promise<boolean>;
  responds(endpoint: string): Promise<boolean>;
  addressIn(folder: string): string | undefined;
}

/** Checks whether `make dev` can start in this checkout, or runs. */
export const localCloudChecks = (root: string, ports: Ports): Check[] => {
  const folder = join(root, '.local/dev');
  return [
    {
      name: 'local cloud',
      async look() {
        const pid = lockHolder(folder);
        if (pid === undefined) return ok('is not running');
        const endpoint = ports.addressIn(folder);
        if (endpoint && (await ports.responds(endpoint))) return ok(`runs at ${endpoint}`);
        return fail(
          `process ${pid} has ${join('.local', 'dev')} but does not respond`,
          `end it (kill ${pid}), then make dev`,
          {
            command: `kill ${pid}`,
            risk: 'Ends that process; the next make dev continues its executions',
            run: () => ports.end(pid),
          },
        );
      },
    },
    {
      name: 'port of make dev',
      async look() {
        if (lockHolder(folder) !== undefined) return ok('in use by the local cloud');
        return (await ports.isFree(port))
          ? ok(`${port} is free`)
          : warn(`${port} is taken`, `make dev PORT=${port + 10}, or end the program that has it`);
      },
    },
  ];
};

/** A cloud that can still work stops its functions first. */
const mostEndingMs = 10_000;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const Address = z.object({ endpoint: z.string() });

/** The parts of this machine that the checks use. */
export const thisMachine: Ports = {
  async end(pid) {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; isAlive(pid); waited += 100) {
      if (waited >= mostEndingMs)
        throw new Error(`it did not end in ${mostEndingMs / 1000} s; kill -9 ${pid} ends it`);
      await setTimeout(100);
    }
  },
  isFree: (port) =>
    new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    }),
  responds: (endpoint) =>
    fetch(endpoint, { method: 'HEAD', signal: AbortSignal.timeout(3_000) }).then(
      () => true,
      () => false,
    ),
  addressIn(folder) {
    const file = join(folder, 'control.json');
    try {
      return Address.parse(JSON.parse(readFileSync(file, 'utf8'))).endpoint;
    } catch {
      // It is starting, or was killed while it did.
      return undefined;
    }
  },
};
