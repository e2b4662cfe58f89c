/** Rows of the store as the rest of the service sees them. All moments are ms since the epoch. */

import type { EndStatus } from '../interpreter/execution.ts';

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  definition: string;
  roleArn: string;
  readonly creationDate: number;
  updateDate: number;
  /** New with every update. */
  revisionId: string;
  tags: Record<string, string>;
}

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
}
