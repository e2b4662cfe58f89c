/** Starts an execution for a caller of the API or for a task of another execution. */

import { jsonFault } from '../definition/json-fault.ts';
import { dataLimitBytes } from '../errors.ts';
import type { StartingPoint } from '../interpreter/execution.ts';
import { type Json, parseKept } from '../json.ts';
import type { ExecutionRecord, MachineRecord } from '../store/records.ts';
import { executionArn, expressArn } from './arns.ts';
import { ApiError, validationError } from './errors.ts';
import { refuseDeleting } from './find.ts';
import { checkName } from './request.ts';
import type { ServiceParts } from './service.ts';

export interface Launch {
  readonly machine: MachineRecord;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly name?: string | undefined;
  readonly input?: string | undefined;
  readonly traceHeader?: string | undefined;
  readonly startedBy?: string;
  /** The state to start at; StartAt when undefined. */
  readonly from?: StartingPoint;
}

/**
 * Starts the execution, or returns the running one that has this name and input. Throws InvalidName, StateMachineDeleting,
 * InvalidExecutionInput or ExecutionAlreadyExists.
 */
export function launch(
  parts: ServiceParts,
  { machine, versionArn, aliasArn, startedBy, from, ...request }: Launch,
): ExecutionRecord {
  refuseDeleting(machine);
  const name = request.name === undefined ? crypto.randomUUID() : checkName(request.name);
  const input = request.input ?? '{}';
  const value = checkInput(input);
  const express = machine.type === 'EXPRESS';
  const arn = express
    ? expressArn(parts.owner, machine.name, name)
    : executionArn(parts.owner, machine.name, name);
  const existing = parts.engine.find(arn)?.record ?? parts.executions.find(arn);
  if (existing && (existing.status !== 'RUNNING' || existing.input !== input || startedBy !== undefined))
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  if (existing) return existing;
  const record = {
    arn,
    name,
    type: machine.type,
    machineArn: machine.arn,
    machineName: machine.name,
    roleArn: machine.roleArn,
    definition: machine.definition,
    input,
    startDate: parts.engine.now(),
    ...(startedBy === undefined ? {} : { startedBy }),
    ...(versionArn === undefined ? {} : { versionArn }),
    ...(aliasArn === undefined ? {} : { aliasArn }),
    ...(request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader }),
  };
  return parts.engine.start(record, from ?? { input: value }).record;
}

function checkInput(text: string): Json {
  if (Buffer.byteLength(text) > dataLimitBytes) {
    throw validationError(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${dataLimitBytes}`,
    );
  }
  try {
    return parseKept(text);
  } catch (error) {
    const own = error instanceof Error ? error.message : String(error);
    const reason = text === '' ? 'Invalid execution input.' : (jsonFault(text)?.message ?? own);
    throw new ApiError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
  }
}
