import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { sfn } from './clients/sfn.ts';

/**
 * Starts an execution. One of this name and input that runs is the same one: the call succeeds, and nothing is started
 * twice. False when an execution of this name has ended.
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
