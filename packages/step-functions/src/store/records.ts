/** Records of the store. All times are ms since the epoch. */

import type { JsonObject } from '../json.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  definition: string;
  roleArn: string;
  readonly creationDate: number;
  updateDate: number;
  /** Changes with every update. */
  revisionId: string;
  tags: Record<string, string>;
  settings: MachineSettings;
  /** 1 while its executions end, after which it is removed. */
  deleting?: 1 | null;
}

/** Settings that are kept and shown, and have no effect. */
export interface MachineSettings {
  readonly loggingConfiguration?: JsonObject | undefined;
  readonly tracingConfiguration?: JsonObject | undefined;
}

export type EndStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRecord {
  readonly key: number;
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  /** null only where TestState runs a state without a role. */
  readonly roleArn: string | null;
  /** The definition that it started with; later updates of the machine do not change it. */
  readonly definition: string;
  /** JSON text. */
  readonly input: string;
  readonly startDate: number;
  status: 'RUNNING' | EndStatus;
  stopDate?: number | undefined;
  /** JSON text. */
  output?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  redriveCount: number;
  redriveDate?: number | undefined;
  eventCount: number;
  /** EXPRESS executions are in memory only. */
  readonly type: MachineType;
  /** Token of the task that started the execution, if one did. */
  readonly startedBy?: string;
  /** For a child of a distributed Map: its run, the Map state whose processor it runs, and its items. */
  readonly mapRun?: string;
  readonly flow?: string;
  readonly position?: number;
  readonly itemCount?: number;
  /** 1 for an imported history, which is read-only. */
  readonly imported?: number;
  /** The version that runs, and the alias that chose it. */
  readonly versionArn?: string;
  readonly aliasArn?: string;
  /** X-Ray's header, which the caller gave. */
  readonly traceHeader?: string;
}

export interface MapRunRecord {
  readonly arn: string;
  /** The execution, and the thread in it, that the run belongs to. */
  readonly execution: number;
  readonly executionArn: string;
  readonly machineArn: string;
  readonly thread: number;
  readonly startDate: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  stopDate?: number;
  /** All items are in the store. */
  itemsRead: boolean;
  itemCount: number;
  /** True if the ResultWriter has written to S3. */
  resultsWritten?: boolean;
  maxConcurrency: number;
  toleratedCount?: number;
  toleratedPercentage?: number;
  redriveCount: number;
  redriveDate?: number;
  /** While children are redriven: the position of the last one. The unsuccessful ones after it wait. */
  redrivenTo?: number;
}
