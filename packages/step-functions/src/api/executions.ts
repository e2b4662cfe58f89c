/** Operations on executions. */

import * as z from 'zod';
import { awaitsRedrive, redriveStatus } from '../status-changes.ts';
import type { ExecutionSummary } from '../store/execution-rows.ts';
import type { ExecutionRecord, MapRunRecord } from '../store/records.ts';
import { ApiError, unsupportedType, validationError } from './errors.ts';
import { findExecution, findMapRun, findRunnable } from './find.ts';
import { launch } from './launch.ts';
import { type Page, pageOf, paging, read, tokenOf } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';

const start = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().optional(),
  traceHeader: z.string().optional(),
});
const byArn = z.object({ executionArn: z.string() });
const describe = byArn.extend({ includedData: z.string().optional() });
const redrive = byArn.extend({ clientToken: z.string().optional() });
const stop = byArn.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const list = z.object({
  ...paging,
  stateMachineArn: z.string().optional(),
  mapRunArn: z.string().optional(),
  statusFilter: z
    .enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'])
    .optional(),
  redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
});

type Shown<T extends ExecutionSummary> = Omit<T, 'status'> & {
  readonly status: ExecutionRecord['status'] | 'PENDING_REDRIVE';
};

export const executionOperations: Operations = {
  async StartExecution(parts, input) {
    const request = read(start, input);
    const runnable = findRunnable(parts, request.stateMachineArn);
    const { arn, startDate } = launch(parts, {
      ...runnable,
      name: request.name,
      input: request.input,
      traceHeader: request.traceHeader,
    });
    await parts.engine.durable();
    return { executionArn: arn, startDate: startDate / 1000 };
  },

  async DescribeExecution(parts, input) {
    const { executionArn, includedData } = read(describe, input);
    const record = asShown(parts, findExecution(parts, executionArn));
    const { input: text, output, error, cause } = record;
    return {
      ...summaryOf(record),
      ...shownData(text, output, includedData),
      error,
      cause,
      ...(record.traceHeader === undefined ? {} : { traceHeader: record.traceHeader }),
      ...redriveStatusOf(parts, record),
    };
  },

  async ListExecutions(parts, input) {
    const request = read(list, input);
    const range = pageOf('ListExecutions', request);
    const { page, more } = listed(parts, request, range);
    const executions = page.map((record) => ({
      ...summaryOf(record),
      ...(record.mapRun !== undefined && { itemCount: record.itemCount }),
    }));
    return { executions, ...(more && { nextToken: tokenOf(range, range.offset + page.length) }) };
  },

  async StopExecution(parts, input) {
    const request = read(stop, input);
    const record = findExecution(parts, request.executionArn);
    const execution = parts.engine.find(request.executionArn);
    if (record.imported) throw validationError('An imported execution can only be read');
    if (!execution) return { stopDate: (record.stopDate ?? 0) / 1000 };
    parts.engine.stop(execution, {
      ...(request.error === undefined ? {} : { error: request.error }),
      ...(request.cause === undefined ? {} : { cause: request.cause }),
    });
    await parts.engine.durable();
    return { stopDate: (execution.record.stopDate ?? 0) / 1000 };
  },

  async RedriveExecution(parts, input) {
    const { executionArn, clientToken } = read(redrive, input);
    const record = findExecution(parts, executionArn);
    const before = clientToken === undefined ? undefined : parts.redrives.find(executionArn, clientToken);
    if (before !== undefined) return { redriveDate: before / 1000 };
    const { redriveStatus: status, redriveStatusReason: reason = 'its Map Run is redriven in its place' } =
      redriveStatusOf(parts, record);
    if (status !== 'REDRIVABLE')
      throw new ApiError('ExecutionNotRedrivable', `Execution is not redrivable: ${reason}`);
    parts.engine.redrive(record);
    if (clientToken !== undefined) parts.redrives.add(executionArn, clientToken, record.redriveDate ?? 0);
    await parts.engine.durable();
    return { redriveDate: (record.redriveDate ?? 0) / 1000 };
  },
};

/** A machine that is gone, also where another one has its name now, counts as one that is being deleted. */
function redriveStatusOf({ engine, machines }: ServiceParts, record: Shown<ExecutionRecord>) {
  // The label of a distributed Map follows the machine's name.
  const machine = machines.find(record.machineArn.split('/')[0] ?? '');
  const machineDeleting = !machine || machine.deleting === 1 || record.startDate < machine.creationDate;
  return redriveStatus({ ...record, machineDeleting }, engine.now());
}

/** Lists the executions of a machine, a version or an alias, or the children of a map run. */
function listed(
  parts: ServiceParts,
  request: z.infer<typeof list>,
  { limit, offset }: Page,
): { page: Shown<ExecutionSummary>[]; more: boolean } {
  const { stateMachineArn, mapRunArn, statusFilter: status, redriveFilter } = request;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined))
    throw validationError('Exactly one of stateMachineArn and mapRunArn must be given');
  const redriven = redriveFilter && redriveFilter === 'REDRIVEN';
  if (mapRunArn !== undefined) {
    const run = findMapRun(parts, mapRunArn);
    const { redrivenTo } = run;
    const filter = { mapRunArn: run.arn, status, redrivenTo, redriven };
    const { page, more } = parts.executions.list(filter, limit, offset);
    return { page: page.map((record) => withStatus(record, run)), more };
  }
  const { machine, versionArn, aliasArn } = findRunnable(parts, stateMachineArn ?? '');
  if (machine.type === 'EXPRESS') throw unsupportedType();
  if (status === 'PENDING_REDRIVE') throw validationError('The status PENDING_REDRIVE needs a mapRunArn');
  const qualifiedArn = aliasArn ?? versionArn;
  const { arn: machineArn, creationDate: since } = machine;
  return parts.executions.list({ machineArn, since, qualifiedArn, status, redriven }, limit, offset);
}

/** Returns the record with the status that the API shows. */
function asShown(parts: ServiceParts, record: ExecutionRecord): Shown<ExecutionRecord> {
  const run = record.mapRun === undefined ? undefined : parts.mapRuns.find(record.mapRun);
  return run ? withStatus(record, run) : record;
}

function withStatus<T extends ExecutionSummary>(record: T, run: MapRunRecord): Shown<T> {
  return awaitsRedrive(record, run) ? { ...record, status: 'PENDING_REDRIVE' } : record;
}

/** Returns the input and output of an execution, or that they are left out. */
export function shownData(input: string, output: string | undefined, includedData = 'ALL_DATA'): object {
  const details = { included: includedData !== 'METADATA_ONLY' };
  return {
    ...(details.included && { input }),
    inputDetails: details,
    ...(output !== undefined && { ...(details.included && { output }), outputDetails: details }),
  };
}

function summaryOf(record: Shown<ExecutionSummary>) {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    ...(record.versionArn === undefined ? {} : { stateMachineVersionArn: record.versionArn }),
    ...(record.aliasArn === undefined ? {} : { stateMachineAliasArn: record.aliasArn }),
    name: record.name,
    status: record.status,
    startDate: record.startDate / 1000,
    ...(record.stopDate === undefined ? {} : { stopDate: record.stopDate / 1000 }),
    ...(record.mapRun === undefined ? {} : { mapRunArn: record.mapRun }),
    redriveCount: record.redriveCount,
    ...(record.redriveDate === undefined ? {} : { redriveDate: record.redriveDate / 1000 }),
  };
}
