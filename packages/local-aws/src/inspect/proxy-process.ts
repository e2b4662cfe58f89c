/**
 * The ports for debuggers, in their own process: a debugger can pause the cloud itself and must still be able to resume
 * it. Ends with the cloud.
 */
import type { ProxyCommand, ProxyReport } from './messages.ts';
import { startProxy } from './proxy.ts';

const tell = (news: ProxyReport) => process.send?.(news);

process.on('disconnect', () => process.exit());
process.on('message', async ({ name, port, inspectors }: ProxyCommand) => {
  if (port === undefined) return void addresses.set(name, inspectors ?? []);
  try {
    const proxy = await startProxy(
      port,
      { title: name, inspector: () => addresses.get(name)?.at(-1) },
      (isHolding) => tell({ kind: 'hold', name, isHolding }),
    );
    tell({ kind: 'listening', name, port: proxy.port });
  } catch (error) {
    tell({ kind: 'failed', name, message: (error as Error).message });
  }
});

/** The running inspectors by name; the latest is the one to debug. */
const addresses = new Map<string, readonly string[]>();
