/** The context object, `$$`: what a state may know about its execution. */

import type { Json, JsonObject } from '../json.ts';
import { formatTimestamp } from '../timestamps.ts';
import type { Execution } from './execution.ts';
import { readItems } from './items.ts';
import type { Thread } from './thread.ts';

export interface MapItem {
  readonly index: number;
  readonly value: Json;
}

/** Built anew for each use. `Task` is there while a task token is, `Map` within an iteration. */
export function contextObject(
  execution: Execution,
  thread: Thread,
  extra: { token?: string; item?: MapItem },
): JsonObject {
  const { record } = execution;
  const context: JsonObject = {
    Execution: {
      Id: record.arn,
      Input: execution.input,
      Name: record.name,
      RoleArn: record.roleArn,
      StartTime: formatTimestamp(record.startDate),
      RedriveCount: record.redriveCount,
      ...(record.redriveDate === undefined ? {} : { RedriveTime: formatTimestamp(record.redriveDate) }),
    },
    StateMachine: { Id: record.machineArn, Name: record.machineName },
    State: {
      Name: thread.state,
      EnteredTime: formatTimestamp(thread.enteredAt),
      ...(isRetryable(execution, thread) ? { RetryCount: thread.retryCount } : {}),
    },
  };
  const item = extra.item ?? enclosingItem(execution, thread);
  if (item) context.Map = { Item: { Index: item.index, Value: item.value } };
  if (extra.token !== undefined) context.Task = { Token: extra.token };
  return context;
}

function isRetryable(execution: Execution, thread: Thread): boolean {
  return ['Task', 'Parallel', 'Map'].includes(execution.stateOf(thread).type);
}

/** The item of the nearest Map around a thread. */
function enclosingItem(execution: Execution, thread: Thread): MapItem | undefined {
  for (let at = thread; ; ) {
    const parent = execution.parentOf(at);
    if (!parent) return undefined;
    const state = execution.stateOf(parent);
    if (state.type === 'Map') {
      return { index: at.index, value: readItems(execution, parent, state)[at.index] ?? null };
    }
    at = parent;
  }
}
