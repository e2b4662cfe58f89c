/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat. */

import * as z from 'zod';
import type { WaitingTask } from '../engine.ts';
import { dataLimitBytes } from '../errors.ts';
import { type Json, parseKept } from '../json.ts';
import { parseToken } from '../task/token.ts';
import { ApiError } from './errors.ts';
import { read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';

const taskToken = z.string().min(1).max(2048);
const success = z.object({ taskToken, output: z.string() });
const failure = z.object({
  taskToken,
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

export const taskOperations: Operations = {
  async SendTaskSuccess(parts, input) {
    const request = read(success, input);
    const output = readOutput(request.output);
    waitingTask(parts, request.taskToken).answer({ succeeded: true, output });
    await parts.engine.durable();
    return {};
  },

  async SendTaskFailure(parts, input) {
    const { taskToken: token, error, cause } = read(failure, input);
    waitingTask(parts, token).answer({
      succeeded: false,
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
    await parts.engine.durable();
    return {};
  },

  async SendTaskHeartbeat(parts, input) {
    waitingTask(parts, read(z.object({ taskToken }), input).taskToken).heartbeat();
    await parts.engine.durable();
    return {};
  },
};

/** Throws InvalidToken, TaskDoesNotExist, or TaskTimedOut for a task that has ended. */
function waitingTask(parts: ServiceParts, token: string): WaitingTask {
  const ticket = parseToken(token);
  if (!ticket) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  const task = parts.engine.waitingTask(ticket);
  if (task) return task;
  if (!parts.executions.exists(ticket.execution)) {
    throw new ApiError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'");
  }
  throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
}

function readOutput(text: string): Json {
  if (Buffer.byteLength(text) > dataLimitBytes) {
    throw new ApiError(
      'InvalidOutput',
      `Invalid Output: 'The output is longer than ${dataLimitBytes} bytes'`,
    );
  }
  try {
    return parseKept(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError('InvalidOutput', `Invalid Output: 'Invalid JSON Output: ${reason}'`);
  }
}
