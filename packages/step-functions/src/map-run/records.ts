/** Initial records of map runs and of their children. */

import type { MapState } from '../definition/model.ts';
import type { Execution } from '../interpreter/execution.ts';
import type { Thread } from '../interpreter/thread.ts';
import type { MapItem } from '../store/map-runs.ts';
import type { MapRunRecord } from '../store/records.ts';
import type { Run } from './run.ts';

export function newRecord(execution: Execution, thread: Thread, now: number): MapRunRecord {
  const { phase } = thread;
  if (phase.type !== 'mapRun') throw new Error(`${thread.state} does not run a distributed Map`);
  return {
    arn: phase.arn,
    execution: execution.record.key,
    executionArn: execution.record.arn,
    machineArn: execution.record.machineArn,
    thread: thread.id,
    startDate: now,
    status: 'RUNNING',
    itemsRead: false,
    itemCount: 0,
    maxConcurrency: phase.limit,
    ...(phase.toleratedCount === undefined ? {} : { toleratedCount: phase.toleratedCount }),
    ...(phase.toleratedPercentage === undefined ? {} : { toleratedPercentage: phase.toleratedPercentage }),
    redriveCount: 0,
  };
}

/** Returns the record of a child, `execution:MACHINE/LABEL:NAME`, in the account of its parent. */
export function childRecord(run: Run, state: MapState, item: MapItem, now: number) {
  const { record } = run.execution;
  // The label is part of the run's ARN: …:mapRun:MACHINE/LABEL:ID.
  const [, label] = /\/([^/:]*):[^:]*$/.exec(run.record.arn) ?? [];
  const prefix = record.machineArn.replace(/:stateMachine:.*$/, '');
  const name = crypto.randomUUID();
  return {
    arn: `${prefix}:execution:${record.machineName}/${label}:${name}`,
    name,
    type: 'STANDARD' as const,
    machineArn: `${prefix}:stateMachine:${record.machineName}/${label}`,
    machineName: record.machineName,
    roleArn: record.roleArn,
    definition: record.definition,
    input: item.input,
    startDate: now,
    mapRun: run.record.arn,
    flow: state.name,
    position: item.position,
    itemCount: item.itemCount,
  };
}
