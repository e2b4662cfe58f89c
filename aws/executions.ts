import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  paginateGetExecutionHistory,
  paginateListExecutions,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { sfn } from './clients/sfn.ts';

/**
 * Starts an execution. If one with this name and input is running, the call succeeds and starts nothing. Returns false
 * when an execution with this name has ended.
 */
export async function startExecution(stateMachineArn: string, name: string, input: string): Promise<boolean> {
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    return true;
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return false;
    throw error;
  }
}

/** State of an execution from DescribeExecution; `error` and `cause` once it ended without success. */
export interface ExecutionState {
  status: string;
  redriveCount: number;
  startedAt?: Date | undefined;
  error?: string | undefined;
  cause?: string | undefined;
}

/** Returns the current state of an execution; undefined if AWS no longer has it. */
export async function describeExecution(executionArn: string): Promise<ExecutionState | undefined> {
  try {
    const found = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const { status = 'UNKNOWN', redriveCount = 0, startDate, error, cause } = found;
    return { status, redriveCount, startedAt: startDate, error, cause };
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/** Yields the states that an execution entered, in order, with their inputs as JSON. */
export async function* enteredStates(executionArn: string): AsyncIterable<{ state: string; input: string }> {
  const pages = paginateGetExecutionHistory({ client: sfn, pageSize: 1000 }, { executionArn });
  for await (const { events = [] } of pages)
    for (const { stateEnteredEventDetails: entered } of events)
      if (entered?.name) yield { state: entered.name, input: entered.input ?? '{}' };
}

/** Yields the executions of a state machine that ended at or after a time, or have not ended. */
export async function* executionsSince(
  stateMachineArn: string,
  since: Date,
): AsyncIterable<{ arn: string; status: string }> {
  for await (const { executions = [] } of paginateListExecutions({ client: sfn }, { stateMachineArn }))
    for (const { executionArn: arn = '', status = 'UNKNOWN', stopDate } of executions)
      if (!stopDate || stopDate >= since) yield { arn, status };
}

/** Stops an execution; does nothing if it has ended. */
export async function stopExecution(executionArn: string, error: string, cause: string): Promise<void> {
  await sfn.send(new StopExecutionCommand({ executionArn, error, cause }));
}
