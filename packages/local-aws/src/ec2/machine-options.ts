import type { Account } from '../account.ts';
import type { CloudClock } from '../clock/cloud-clock.ts';
import type { EventEntry } from '../events/bus.ts';
import type { LogSink } from '../log.ts';
import type { InstanceStore } from './instance-store.ts';
import type { LaunchOrders } from './launch-orders.ts';
import type { ProgramOf } from './program.ts';
import type { StartWorker } from './worker-process.ts';

export interface MachineOptions {
  account: Account;
  /** The endpoint of AWS for the workers. */
  endpoint: string;
  store: InstanceStore;
  programOf: ProgramOf;
  /** Folder of the disks; each instance has one folder in it while it exists. */
  disks?: string;
  /** Folder of Node's compile cache, which halves the start time of a worker. */
  codeCache?: string;
  publish(event: EventEntry): Promise<unknown>;
  log: LogSink;
  /** Starts a worker; in its own process by default. */
  startWorker?: StartWorker | undefined;
  /** Returns the texts for a machine that starts now. */
  orders?(): Pick<LaunchOrders, 'texts'>;
  /** Opens the workers to debuggers and reports the inspectors of a worker, the latest last. */
  inspect?: { wait: boolean; onChange(worker: string, inspectors: readonly string[]): void };
  /** The clock of notices and times, which workers also see. */
  clock?: CloudClock;
  /** Milliseconds from SIGTERM to SIGKILL. */
  grace?: number;
  /** Milliseconds from a Spot notice to the end. */
  noticeTime?: number;
  /** Returns whether a machine only waits for time to pass; none does by default. */
  waits?(instanceId: string): boolean;
  /** Called when an instance changes its state. */
  onChange?(instanceId: string): void;
}
