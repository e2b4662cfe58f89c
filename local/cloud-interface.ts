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
import type { Border } from './services/gateway/gateway.ts';
import type { LogSink } from './services/log.ts';
import type { CloudObserver } from './services/observer.ts';
import type { StandIns } from './stand-ins.ts';

export interface LocalCloudOptions {
  /** Everything that must survive a restart goes below it. */
  stateDirectory: string;
  /** 0 takes any free port. */
  port?: number;
  config: Config;
  log?: LogSink;
  /** Where everything that happens is written; the cloud makes one when it is given none. */
  journal?: Journal;
  /** What Step Functions did, as it does it. */
  onStatesEvent?: StatesServiceOptions['onEvent'];
  sources?: PipelineSources;
  /** Somebody who watches: the console. */
  observer?: Partial<CloudObserver>;
  /** Takes saved changes while it runs; settings are read from these variables, as `make dev` does. */
  reload?: ReloadSettings;
  /** Services of others that are played on this machine; their settings are in `config` already. */
  standIns?: StandIns | undefined;
  /** Lets debuggers come to functions and machines. */
  inspect?: InspectOptions | undefined;
  /** How fast time runs while nothing works; 1 is real time. */
  speed?: number;
  /** When the daily run starts, as in a deployment; without it nothing starts by itself. */
  schedule?: Schedule | undefined;
  /** Milliseconds that the thread of a function stays warm. */
  idleTime?: number;
  /** Stands before every service. */
  border?: Border;
  /** What EC2 has to give, how soon it takes it back, and what its machines are: faults on demand. */
  ec2?: { hasCapacity?: HasCapacity; noticeTime?: number; startWorker?: StartWorker };
}

export interface LocalCloud {
  /** `http://127.0.0.1:8083`: what AWS_ENDPOINT_URL is set to. */
  endpoint: string;
  region: string;
  stateMachineArn: string;
  resources: ReturnType<typeof pipelineResources>;
  functionArns: Record<string, string>;
  instances(): readonly Instance[];
  /** What is stored in Secrets Manager: whoever shows anything of the cloud must not show these. */
  secretTexts(): string[];
  /** Events of an execution as JSON texts, in order: at most `limit` after the one with the id `after`. */
  history(executionArn: string, after: number, limit: number): string[];
  journal: Journal;
  control: Control;
  clock: CloudClock;
  /** The ports for debuggers, by what is debugged there. */
  inspectorPorts: ReadonlyMap<string, number>;
  /** Ends once saved changes are seen; at once when nobody asked for that. */
  watching: Promise<void>;
  /** Lets EC2 take an instance back, with the usual two minutes of notice. */
  giveSpotNotice(instanceId: string): void;
  /** Ends a machine, or the threads of a function, without a word, as a failing host does. */
  killMachine(instanceId: string): void;
  killFunction(name: string): Promise<void>;
  /** Ends every process and thread; executions and instances wait for the next start. */
  close(): Promise<void>;
}
