import type { StatesServiceOptions } from 'step-functions-local';
import type { Config } from '../config/settings/index.ts';
import type { CloudClock } from './clock/cloud-clock.ts';
import type { Control } from './control/control.ts';
import type { InspectOptions } from './inspect/inspect.ts';
import type { Journal } from './journal.ts';
import type { PipelineSources, pipelineResources } from './pipeline.ts';
import type { ReloadSettings } from './reload/deployment.ts';
import type { Schedule } from './schedule.ts';
import type { Instance } from './services/ec2/instance.ts';
import type { HasCapacity } from './services/ec2/run-instances.ts';
import type { StartWorker } from './services/ec2/worker-process.ts';
import type { Middleware } from './services/gateway/gateway.ts';
import type { LogSink } from './services/log.ts';
import type { CloudObserver } from './services/observer.ts';
import type { StandIns } from './stand-ins.ts';

export interface LocalCloudOptions {
  /** Directory of everything that survives a restart. */
  stateDirectory: string;
  /** 0 uses any free port. */
  port?: number;
  config: Config;
  log?: LogSink;
  /** The journal of all events; created when undefined. */
  journal?: Journal;
  /** Called with every event of Step Functions. */
  onStatesEvent?: StatesServiceOptions['onEvent'];
  sources?: PipelineSources;
  /** An observer of stored data: the console. */
  observer?: Partial<CloudObserver>;
  /** Reloads saved changes while the cloud runs; settings come from these variables, as in `make dev`. */
  reload?: ReloadSettings;
  /** Stand-ins for external services; their settings are already in `config`. */
  standIns?: StandIns | undefined;
  /** Opens functions and machines to debuggers. */
  inspect?: InspectOptions | undefined;
  /** Speed of time while nothing works; 1 is real time. */
  speed?: number;
  /** Time of the daily run, as in a deployment; without it nothing starts automatically. */
  schedule?: Schedule | undefined;
  /** Milliseconds for which the thread of a function stays warm. */
  idleTime?: number;
  /** Middleware in front of every service. */
  middleware?: Middleware;
  /** Behaviour of EC2, for faults: its capacity, its notice time, and the process of its machines. */
  ec2?: { hasCapacity?: HasCapacity; noticeTime?: number; startWorker?: StartWorker };
}

export interface LocalCloud {
  /** The value of AWS_ENDPOINT_URL: `http://127.0.0.1:8083`. */
  endpoint: string;
  region: string;
  stateMachineArn: string;
  resources: ReturnType<typeof pipelineResources>;
  functionArns: Record<string, string>;
  instances(): readonly Instance[];
  /** The values in Secrets Manager, which must be masked wherever the cloud is shown. */
  secretTexts(): string[];
  /** Events of an execution as JSON texts in order: at most `limit` after the event with the id `after`. */
  history(executionArn: string, after: number, limit: number): string[];
  journal: Journal;
  control: Control;
  clock: CloudClock;
  /** Ports for debuggers, by the name of what they debug. */
  inspectorPorts: ReadonlyMap<string, number>;
  /** Resolves when saved changes are watched, or immediately when reload is off. */
  watching: Promise<void>;
  /** Lets EC2 interrupt an instance, with the usual notice of two minutes. */
  giveSpotNotice(instanceId: string): void;
  /** Kills a machine, or the threads of a function, without notice, like a failing host. */
  killMachine(instanceId: string): void;
  killFunction(name: string): Promise<void>;
  /** Ends every process and thread; executions and instances continue at the next start. */
  close(): Promise<void>;
}
