import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTraces } from '../traces.ts';

/** Starts the collector of the local cloud alone, on any free port. */
export async function startCollector(onTrace?: () => void, limits?: Parameters<typeof openTraces>[2]) {
  const folder = mkdtempSync(join(tmpdir(), 'traces-'));
  const { service, ofJob } = openTraces(folder, onTrace, limits);
  const server = createServer((request, response) => void service.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    folder,
    ofJob,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
export type Collector = Awaited<ReturnType<typeof startCollector>>;
