/** The context object `$$`: data about the execution that states can read. */

import type { JsonObject } from '../json.ts';
import { formatTimestamp } from '../timestamps.ts';
import type { Execution } from './execution.ts';
import type { MapItem, Thread } from './thread.ts';

/**
 * Returns the context object that the execution was given, or makes it. `Task` is present while a task has a token, `Map` inside an
 * iteration.
 */
export function contextObject(
  execution: Execution,
  thread: Thread,
  { token, item }: { token: string | undefined; item: MapItem | undefined },
): JsonObject {
  if (execution.context) return execution.context;
  const { record } = execution;
  const context: JsonObject = {
    Execution: {
      Id: record.arn,
      Input: execution.input,
      Name: record.name,
      RoleArn: record.roleArn,
      StartTime: formatTimestamp(record.startDate),
      // An express execution cannot be redriven.
      ...(record.type === 'EXPRESS' ? {} : { RedriveCount: record.redriveCount }),
      ...(record.redriveDate === undefined ? {} : { RedriveTime: formatTimestamp(record.redriveDate) }),
    },
    StateMachine: { Id: record.machineArn, Name: record.machineName },
    State: {
      Name: thread.state,
      EnteredTime: formatTimestamp(thread.enteredAt),
      ...(isRetryable(execution, thread) ? { RetryCount: thread.retryCount } : {}),
    },
  };
  if (item) {
    const key = item.key === undefined ? {} : { Key: item.key };
    context.Map = {
      Item: { Index: item.index, ...key, Value: item.value, Source: item.source ?? 'STATE_DATA' },
    };
  }
  if (token !== undefined) context.Task = { Token: token };
  return context;
}

function isRetryable(execution: Execution, thread: Thread): boolean {
  return ['Task', 'Parallel', 'Map'].includes(execution.stateOf(thread).type);
}
