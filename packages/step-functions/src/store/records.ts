/** Rows of the store as the rest of the service sees them. All moments are ms since the epoch. */

export type MachineType = 'STANDARD' | 'EXPRESS';

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  definition: string;
  roleArn: string;
  readonly creationDate: number;
  updateDate: number;
  /** New with every update. */
  revisionId: string;
  tags: Record<string, string>;
}

export type EndStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRecord {
  readonly key: number;
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  /** The definition it started with, whatever becomes of the machine. */
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
  /** EXPRESS executions live in memory only. */
  readonly type: MachineType;
  /** The task that started it, as its token says, where one did. */
  readonly startedBy?: string;
  /** A child of a distributed Map: its run, the Map state whose processor it runs, and which items it has. */
  readonly mapRun?: string;
  readonly flow?: string;
  readonly position?: number;
  readonly itemCount?: number;
  /** 1 for a recorded history that was imported: to be read only. */
  readonly imported?: number;
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
  /** To S3, by the ResultWriter. */
  resultsWritten?: boolean;
  maxConcurrency: number;
  toleratedCount?: number;
  toleratedPercentage?: number;
  redriveCount: number;
  redriveDate?: number;
}
