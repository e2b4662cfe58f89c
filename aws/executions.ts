import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
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
