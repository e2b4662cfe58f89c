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

/** Returns false when the task no longer waits: it was completed, timed out, or its execution ended. */
type StillWaiting = boolean;

async function unlessOver(call: () => Promise<unknown>): Promise<StillWaiting> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return false;
    throw error;
  }
}

/** Completes a task by its token. A task that is over is not an error, since every step can run twice. */
export const taskCallback = {
  succeed: (taskToken: string, output: unknown): Promise<StillWaiting> =>
    unlessOver(() => sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),

  fail: (taskToken: string, error: string, cause: string): Promise<StillWaiting> =>
    unlessOver(() =>
      sfn.send(
        new SendTaskFailureCommand({
          taskToken,
          error: error.slice(0, maxError).toWellFormed(),
          // A cut can leave half of a character, which is invalid text.
          cause: cause.slice(0, maxCause).toWellFormed(),
        }),
      ),
    ),

  heartbeat: (taskToken: string): Promise<StillWaiting> =>
    unlessOver(() => sfn.send(new SendTaskHeartbeatCommand({ taskToken }))),
};
