import type { Cloud, CloudObserver, CloudOptions, DailyTime, InspectOptions, LogSink } from 'local-aws';
import type { Config } from '../config/settings/index.ts';
import type { Control } from './control/control.ts';
import type { ReloadSettings } from './deployment.ts';
import type { Journal } from './journal.ts';
import type { MachineTask } from './machine-tasks.ts';
import type { PipelineSources, pipelineResources } from './pipeline.ts';
import type { SourceProblem } from './source-problems.ts';
import type { StandIns } from './stand-ins.ts';
import type { ShownSpan } from './traces.ts';

export interface LocalCloudOptions
  extends Pick<CloudOptions, 'stateDirectory' | 'port' | 'speed' | 'idleTime' | 'middleware' | 'ec2'> {
  config: Config;
  log?: LogSink;
  /** The journal of all events; created when undefined. */
  journal?: Journal;
  /** Called with every event of Step Functions. */
  onStatesEvent?: CloudObserver['executionEvent'];
  sources?: PipelineSources;
  /** An observer of stored data: the console. */
  observer?: Partial<
    Pick<CloudObserver, 'tableWritten' | 'objectWritten' | 'published' | 'instanceChanged'>
  > & {
    /** Spans arrived. */
    traced?(): void;
  };
  /** Reloads saved changes while the cloud runs; settings come from these variables, as in `make dev`. */
  reload?: ReloadSettings;
  /** Stand-ins for external services; their settings are already in `config`. */
  standIns?: StandIns | undefined;
  /** Opens functions and machines to debuggers. */
  inspect?: Omit<InspectOptions, 'programs'> | undefined;
  /** Time of the daily run, as in a deployment; without it nothing starts automatically. */
  schedule?: DailyTime | undefined;
}

/** The cloud with the pipeline on it. */
export interface LocalCloud extends Omit<Cloud, 'functions' | 'invoke'> {
  stateMachineArn: string;
  /** The file that the state machine is loaded from. */
  flowFile: string;
  resources: ReturnType<typeof pipelineResources>;
  functionArns: Record<string, string>;
  /** The current mistakes in the sources, where they are reloaded. */
  problems(): SourceProblem[];
  journal: Journal;
  control: Control;
  /** Returns what a machine does; undefined before its first task and after its end. */
  taskOf(instanceId: string): MachineTask | undefined;
  /** Returns the spans of a job, if tracing is on. */
  traceOf(jobId: string): ShownSpan[];
}
