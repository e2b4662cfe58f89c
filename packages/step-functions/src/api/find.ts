/** Finds what a request names by its ARN, or throws the API's error. */

import type { ExecutionRecord, MachineRecord, MapRunRecord } from '../store/records.ts';
import type { Route } from '../store/versions.ts';
import { checkExecutionArn, checkMachineArn, machineOfQualified } from './arns.ts';
import { ApiError } from './errors.ts';
import type { ServiceParts } from './service.ts';

/** Throws StateMachineDoesNotExist or InvalidArn. */
export function findMachine(parts: ServiceParts, arn: string): MachineRecord {
  const machine = parts.machines.find(checkMachineArn(arn));
  if (!machine) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

/** Finds a machine that is not being deleted. Throws StateMachineDoesNotExist, StateMachineDeleting or InvalidArn. */
export function findActive(parts: ServiceParts, arn: string): MachineRecord {
  const machine = findMachine(parts, arn);
  refuseDeleting(machine);
  return machine;
}

/** Throws StateMachineDeleting. */
export function refuseDeleting({ arn, deleting }: MachineRecord): void {
  if (deleting) throw new ApiError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
}

/** A machine as one of its versions has it, and the version and alias that were named. */
export interface Runnable {
  readonly machine: MachineRecord;
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

/** Finds a machine, a version, or the version that an alias routes to. Throws StateMachineDoesNotExist or InvalidArn. */
export function findRunnable(parts: ServiceParts, arn: string): Runnable {
  const machineArn = machineOfQualified(arn);
  if (machineArn === undefined) return { machine: findMachine(parts, arn) };
  const alias = parts.versions.findAlias(arn);
  const versionArn = alias ? chosen(alias.routes) : arn;
  const version = parts.versions.find(versionArn);
  if (!version) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  const { definition, roleArn, revisionId } = version;
  const machine = { ...findMachine(parts, machineArn), definition, roleArn, revisionId };
  return { machine, versionArn, ...(alias && { aliasArn: arn }) };
}

/** Chooses a version by the weights, which are percentages. */
function chosen(routes: readonly Route[]): string {
  const [first, second] = routes;
  const useFirst = !second || Math.random() * 100 < (first?.weight ?? 0);
  return (useFirst ? first : second)?.stateMachineVersionArn ?? '';
}

/** Throws ExecutionDoesNotExist or InvalidArn. */
export function findExecution(parts: ServiceParts, arn: string): ExecutionRecord {
  const record = parts.executions.find(checkExecutionArn(arn));
  if (!record) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return record;
}

/** Throws ResourceNotFound. */
export function findMapRun(parts: ServiceParts, arn: string): MapRunRecord {
  const record = parts.mapRuns.find(arn);
  if (!record) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
  return record;
}
