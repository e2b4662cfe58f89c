import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { sfn } from './clients/sfn.ts';

/** Limits of SendTaskFailure in characters (Step Functions API reference). */
const maxError = 256;
const maxCause = 32_768;

/** False when nobody waits for the token any more: it was answered, timed out, or its execution ended. */
type StillWaited = boolean;

async function unlessOver(call: () => Promise<unknown>): Promise<StillWaited> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return false;
    throw error;
  }
}

/** Answers a task token. Answering one that is over is no error: every step may run twice. */
export const taskAnswer = {
  succeed: (taskToken: string, output: unknown): Promise<StillWaited> =>
    unlessOver(() => sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),

  fail: (taskToken: string, error: string, cause: string): Promise<StillWaited> =>
    unlessOver(() =>
      sfn.send(
        new SendTaskFailureCommand({
          taskToken,
          error: error.slice(0, maxError),
          cause: cause.slice(0, maxCause),
        }),
      ),
    ),

  heartbeat: (taskToken: string): Promise<StillWaited> =>
    unlessOver(() => sfn.send(new SendTaskHeartbeatCommand({ taskToken }))),
};
