/**
 * The ports for debuggers, in their own process: a debugger can pause the cloud itself and must still be able to resume
 * it. Ends with the cloud.
 */
import type { ProxyCommand, ProxyReport } from './messages.ts';
import { startProxy } from './proxy.ts';

const tell = (news: ProxyReport) => process.send?.(news);

process.on('disconnect', () => process.exit());
process.on('message', (command: ProxyCommand) => {
  if (command.kind === 'open') void open(command.name, command.port);
  else if (command.kind === 'inspectors') addresses.set(command.name, command.inspectors);
  else void Promise.all(proxies.map(({ detach }) => detach())).then(() => tell({ kind: 'detached' }));
});

/** The running inspectors by name; the latest is the one to debug. */
const addresses = new Map<string, readonly string[]>();
const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];

async function open(name: string, port: number): Promise<void> {
  try {
    const proxy = await startProxy(
      port,
      { title: name, inspector: () => addresses.get(name)?.at(-1) },
      (isHolding) => tell({ kind: 'hold', name, isHolding }),
    );
    proxies.push(proxy);
    tell({ kind: 'listening', name, port: proxy.port });
  } catch (error) {
    tell({ kind: 'failed', name, message: (error as Error).message });
  }
}
