import { spawn } from 'node:child_process';
import inspector from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { CloudClock } from '../clock/cloud-clock.ts';
import type { ProxyNews, ProxyOrder } from './messages.ts';

/** The ports for debuggers, and whether a machine waits for one before it starts. */
export interface InspectOptions {
  /** Port of the functions; the renderer has the next one, the uploader the one after. */
  port: number;
  wait: boolean;
}

export interface Inspection {
  /** Ports by the name of what they debug. */
  ports: ReadonlyMap<string, number>;
  /** Sets the inspectors of the machines of a worker, the latest last. */
  setMachines(worker: string, inspectors: readonly string[]): void;
  close(): void;
}

const usualPort = 9229;
const program = fileURLToPath(new URL('./proxy-process.ts', import.meta.url));
const names = ['functions', 'renderer', 'uploader'] as const;

/** Parses `INSPECT=1` or the first port, and `wait` or `wait:9300` for machines that wait; undefined without it. */
export function inspectOptions(given: string | undefined): InspectOptions | undefined {
  if (!given || given === '0') return undefined;
  const [, wait, port = wait || given === '1' ? usualPort : ''] = /^(wait)?:?(\d{2,5})?$/.exec(given) ?? [];
  if (port && Number(port) < 65_533) return { port: Number(port), wait: wait !== undefined };
  throw new RangeError(
    `INSPECT is ${given}; it must be 1, wait, the first of three ports (9300), or both (wait:9300)`,
  );
}

/** Opens the ports for debuggers. While a debugger pauses anything, the clock of the cloud stops. */
export async function startInspection({ port }: InspectOptions, clock: CloudClock): Promise<Inspection> {
  // Node's inspector gives access to the threads of functions; a flag may have opened it already.
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
            `The debugger port of ${news.name} is not available: ${news.message}; choose others with INSPECT=9300`,
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
    // Node's inspector stays open, because closing it waits for every debugger to disconnect.
    close: () => void child.kill(),
  };
}
