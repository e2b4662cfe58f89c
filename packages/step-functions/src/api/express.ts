/** StartSyncExecution, and executions that tasks start. */

import * as z from 'zod';
import { billingOf } from '../billing.ts';
import type { StartNested } from '../nested.ts';
import type { ExecutionRecord } from '../store/records.ts';
import { ApiError, unsupportedType } from './errors.ts';
import { shownData } from './executions.ts';
import { findRunnable } from './find.ts';
import { launch } from './launch.ts';
import { read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';

const start = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().optional(),
  traceHeader: z.string().optional(),
  includedData: z.string().optional(),
});

export const expressOperations: Operations = {
  async StartSyncExecution(parts, input) {
    const { stateMachineArn, name, input: text, traceHeader, includedData } = read(start, input);
    const runnable = findRunnable(parts, stateMachineArn);
    if (runnable.machine.type !== 'EXPRESS') throw unsupportedType();
    const { key } = launch(parts, { ...runnable, name, input: text, traceHeader });
    const record = await new Promise<ExecutionRecord>((resolve) => parts.engine.whenEnded(key, resolve));
    return described(record, includedData);
  },
};

function described(record: ExecutionRecord, includedData: string | undefined): object {
  const { output, error, cause, stopDate = record.startDate } = record;
  const billing = billingOf(stopDate - record.startDate);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    startDate: record.startDate / 1000,
    stopDate: stopDate / 1000,
    status: record.status,
    ...shownData(record.input, output, includedData),
    error,
    cause,
    traceHeader: record.traceHeader,
    billingDetails: {
      billedMemoryUsedInMB: billing.memoryMB,
      billedDurationInMilliseconds: billing.milliseconds,
    },
  };
}

/** Returns the function that tasks start executions with; it applies the same checks as the API. */
export function startNestedWith(parts: () => ServiceParts): StartNested {
  return ({ stateMachineArn, name, input, startedBy, type }) => {
    try {
      const runnable = findRunnable(parts(), stateMachineArn);
      if (type !== undefined && runnable.machine.type !== type) throw unsupportedType();
      return launch(parts(), { ...runnable, name, input, startedBy });
    } catch (error) {
      if (error instanceof ApiError) return { code: error.code, message: error.message };
      throw error;
    }
  };
}
