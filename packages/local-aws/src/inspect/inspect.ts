import { spawn } from 'node:child_process';
import inspector from 'node:inspector';
import { extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CloudClock } from '../clock/cloud-clock.ts';
import { PortTaken } from '../port-taken.ts';
import type { ProxyCommand, ProxyReport } from './messages.ts';

/** The ports for debuggers, and whether a machine waits for one before it starts. */
export interface InspectOptions {
  /** Port of the functions; each program has the next one. */
  port: number;
  wait: boolean;
  /** Names of the programs of machines, in the order of their ports. */
  programs: readonly string[];
}

export interface Inspection {
  /** Ports by the name of what they debug. */
  ports: ReadonlyMap<string, number>;
  /** Sets the inspectors of the machines of a worker, the latest last. */
  setMachines(worker: string, inspectors: readonly string[]): void;
  /** Lets every debugger go, so that nothing stays paused. */
  detach(): Promise<void>;
  close(): void;
}

/** Milliseconds after which debuggers are given up. */
const longestDetach = 1_500;
const program = fileURLToPath(new URL(`./proxy-process${extname(import.meta.url)}`, import.meta.url));

/** Opens the ports for debuggers. While a debugger pauses anything, the clock of the cloud stops. */
export async function startInspection(
  { port, programs }: InspectOptions,
  clock: CloudClock,
): Promise<Inspection> {
  const names = ['functions', ...programs];
  // Node's inspector gives access to the threads of functions; a flag could have opened it already.
  if (!inspector.url()) inspector.open(0, '127.0.0.1');
  const ports = new Map<string, number>();
  const holds = new Map<string, () => void>();
  const detached = Promise.withResolvers<void>();
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH },
  });
  const tell = (order: ProxyCommand) => child.send(order, () => {});

  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.on('message', (news: ProxyReport) => {
      if (news.kind === 'failed')
        reject(
          new PortTaken(
            'debugger',
            `The debugger port of ${news.name} is not available: ${news.message}`,
            news,
          ),
        );
      if (news.kind === 'hold') setHold(news.name, news.isHolding);
      if (news.kind === 'detached') detached.resolve();
      if (news.kind === 'listening' && ports.set(news.name, news.port).size === names.length) resolve();
    });
    for (const [index, name] of names.entries()) tell({ kind: 'open', name, port: port + index });
    tell({ kind: 'inspectors', name: 'functions', inspectors: [inspector.url() ?? ''] });
  }).catch((error) => {
    child.kill();
    throw error;
  });

  function setHold(name: string, isHolding: boolean): void {
    if (isHolding) holds.set(name, holds.get(name) ?? clock.hold());
    else {
      holds.get(name)?.();
      holds.delete(name);
    }
  }

  return {
    ports,
    setMachines: (worker, inspectors) => tell({ kind: 'inspectors', name: worker, inspectors }),
    async detach() {
      tell({ kind: 'detach' });
      await Promise.race([detached.promise, wait(longestDetach, undefined, { ref: false })]);
    },
    // Node's inspector stays open, because closing it waits for every debugger to disconnect.
    close: () => void child.kill(),
  };
}
