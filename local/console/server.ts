import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on this machine's loopback. If the port is taken it uses any free one, unless the port was requested. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  { port, exactly }: { port: number; exactly: boolean },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({ requestTimeout: 0 }, handle);
  const open = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await open(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (exactly)
      throw new Error(`Port ${port} is taken; give another one with CONSOLE_PORT`, { cause: error });
    return open(0);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
