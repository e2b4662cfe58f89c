import { spawn } from 'node:child_process';
import inspector from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { CloudClock } from '../clock/cloud-clock.ts';
import type { ProxyNews, ProxyOrder } from './messages.ts';

/** Where a debugger may attach, and whether a machine waits for it before it does anything. */
export interface InspectOptions {
  /** Of the functions; the renderer is one further, the uploader two. */
  port: number;
  wait: boolean;
}

export interface Inspection {
  /** What is debugged, and its port. */
  ports: ReadonlyMap<string, number>;
  /** Where the inspectors of the machines of a worker are, the latest last. */
  setMachines(worker: string, inspectors: readonly string[]): void;
  close(): void;
}

const usualPort = 9229;
const program = fileURLToPath(new URL('./proxy-process.ts', import.meta.url));
const names = ['functions', 'renderer', 'uploader'] as const;

/** `INSPECT=1` or the first port, with `wait` or `wait:9300` for machines that wait; nothing without it. */
export function inspectOptions(given: string | undefined): InspectOptions | undefined {
  if (!given || given === '0') return undefined;
  const [, wait, port = wait || given === '1' ? usualPort : ''] = /^(wait)?:?(\d{2,5})?$/.exec(given) ?? [];
  if (port && Number(port) < 65_533) return { port: Number(port), wait: wait !== undefined };
  throw new RangeError(
    `INSPECT is ${given}; it must be 1, wait, the first of three ports, or wait with it: wait:9300`,
  );
}

/** Opens the ports for debuggers. While one holds anything, the clock of the cloud stands still. */
export async function startInspection({ port }: InspectOptions, clock: CloudClock): Promise<Inspection> {
  // Node's own inspector is where the threads of functions are found; it may be on already by a flag.
  if (!inspector.url()) inspector.open(0, '127.0.0.1');
  const ports = new Map<string, number>();
  const holds = new Map<string, () => void>();
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH },
  });
  const tell = (order: ProxyOrder) => child.send(order, () => {});

  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.on('message', (news: ProxyNews) => {
      if (news.kind === 'failed')
        reject(
          new Error(
            `The port for a debugger of ${news.name} can't be had: ${news.message}; choose others with INSPECT=9300`,
            { cause: news },
          ),
        );
      if (news.kind === 'hold') setHold(news.name, news.isHolding);
      if (news.kind === 'listening' && ports.set(news.name, news.port).size === names.length) resolve();
    });
    for (const [index, name] of names.entries()) tell({ name, port: port + index });
    tell({ name: 'functions', inspectors: [inspector.url() ?? ''] });
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
    setMachines: (worker, inspectors) => tell({ name: worker, inspectors }),
    // Node's own inspector stays open: closing it waits for every debugger to go.
    close: () => void child.kill(),
  };
}
