import type { CloudClock } from './clock/cloud-clock.ts';
import type { Storage } from './deploy.ts';
import type { Deployment, StateMachineFile } from './deployment.ts';
import type { ProgramOf } from './ec2/program.ts';
import type { HasCapacity } from './ec2/run-instances.ts';
import type { StartWorker } from './ec2/worker-process.ts';
import type { Schedule } from './events/schedule.ts';
import type { Middleware } from './gateway/gateway.ts';
import type { InspectOptions } from './inspect/inspect.ts';
import type { CloudObserver } from './observer.ts';
import type { ReloadOptions } from './reload/reload.ts';
import type { Service } from './service.ts';

/** The contents of a cloud, given as data. */
export interface CloudContent extends Partial<Deployment>, Storage {
  stateMachines?: readonly StateMachineFile[];
  /** Starts of state machines at a time of day. */
  schedules?: readonly Schedule[];
  /** Secrets by name, which take precedence over stored ones and are never stored. */
  secrets?: Readonly<Record<string, string>>;
  /** Quotas of the account by `<service>/<code>`, as Service Quotas names them. They are reported, not enforced. */
  quotas?: Readonly<Record<string, number>>;
}

export interface CloudOptions extends CloudContent {
  /** Folder of everything that survives a restart. */
  stateDirectory: string;
  /** Any free port when left out. */
  port?: number;
  /** us-east-1 when left out. */
  region?: string;
  observer?: Partial<CloudObserver>;
  /** Milliseconds for which the thread of a function stays warm. */
  idleTime?: number | undefined;
  /** Speed of time while nothing works; 1 is real time. */
  speed?: number | undefined;
  /** Returns what an instance of EC2 runs; without it, instances end at once. */
  programOf?: ProgramOf;
  /**
   * Behaviour of EC2: its capacity, its notice time in milliseconds, the process of its machines, and which of them only wait, so that
   * time passes while they are up.
   */
  ec2?:
    | {
        hasCapacity?: HasCapacity;
        noticeTime?: number;
        startWorker?: StartWorker;
        waits?(instanceId: string): boolean;
      }
    | undefined;
  /** Fills the placeholders of a definition; by default each `${name}` by its value. */
  fillPlaceholders?(definition: string, values: Readonly<Record<string, string>>): string;
  /** Loads saved changes into the running cloud. */
  reload?: ReloadOptions | undefined;
  /** Opens functions and machines to debuggers. */
  inspect?: InspectOptions | undefined;
  /** Middleware in front of every service. */
  middleware?: Middleware | undefined;
  /** Returns a service to use in place of this one, for faults. */
  decorate?(name: string, service: Service): Service;
  /** Called when the endpoint and the clock run, before any service starts; can add the caller's paths. */
  onListening?(listening: Listening): void;
}

export interface Listening {
  endpoint: string;
  clock: CloudClock;
  /** Serves all requests below a path that no AWS request has, such as `/_local/`. */
  serveBelow(path: string, name: string, service: Service): void;
}
