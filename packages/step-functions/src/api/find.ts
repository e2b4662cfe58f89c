/** Finds what a request names by its ARN, or throws the API's error. */

import type { ExecutionRecord, MachineRecord, MapRunRecord } from '../store/records.ts';
import { checkExecutionArn, checkMachineArn, isExpressArn } from './arns.ts';
import { ApiError, unsupportedType } from './errors.ts';
import type { ServiceParts } from './service.ts';

/** Throws StateMachineDoesNotExist or InvalidArn. */
export function findMachine(parts: ServiceParts, arn: string): MachineRecord {
  const machine = parts.machines.find(checkMachineArn(arn));
  if (!machine) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

/** Throws ExecutionDoesNotExist or InvalidArn. Express executions are not stored: AWS has them only in its logs. */
export function findExecution(parts: ServiceParts, arn: string): ExecutionRecord {
  if (isExpressArn(arn)) throw unsupportedType();
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
