/**
 * Operations that AWS does not have: importing histories and starting executions at any state. Target `LocalStates.…`.
 */

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { checkSize } from '../interpreter/output.ts';
import { parseJson } from '../json.ts';
import { BadHistory, parseHistory } from '../recorded-history.ts';
import { executionArn } from './arns.ts';
import { validationError } from './errors.ts';
import { findMachine } from './find.ts';
import { launch } from './launch.ts';
import { read } from './request.ts';
import type { Operations } from './service.ts';

const importRequest = z.object({ stateMachineArn: z.string(), history: z.string() });
const startRequest = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string(),
  state: z.string(),
  stateInput: z.string(),
  /** JSON texts by name. */
  variables: z.record(z.string(), z.string()).optional(),
});

export const localOperations: Operations = {
  /**
   * Stores a history that get-execution-history printed, as a read-only execution. Importing it again changes nothing.
   */
  async ImportExecution(parts, input) {
    const { stateMachineArn, history: text } = read(importRequest, input);
    const machine = findMachine(parts, stateMachineArn);
    const history = parsed(text);
    const name = `imported-${createHash('sha256').update(JSON.stringify(history.events)).digest('hex').slice(0, 16)}`;
    const arn = executionArn(parts.owner, machine.name, name);
    if (!parts.executions.find(arn)) {
      const { events, status, output, error, cause } = history;
      const moment = (index: number) => Math.round((events.at(index)?.timestamp ?? 0) * 1000);
      parts.engine.importHistory(
        {
          arn,
          name,
          type: 'STANDARD',
          machineArn: machine.arn,
          machineName: machine.name,
          roleArn: history.roleArn ?? machine.roleArn,
          definition: machine.definition,
          input: history.input,
          startDate: moment(0),
          status,
          ...(status === 'RUNNING' ? {} : { stopDate: moment(-1) }),
          output,
          error,
          cause,
          redriveCount: 0,
          eventCount: events.length,
          imported: 1,
        },
        events,
      );
    }
    return { executionArn: arn };
  },

  /** Starts an execution at one of the machine's top-level states. */
  async StartExecutionFrom(parts, input) {
    const request = read(startRequest, input);
    const machine = findMachine(parts, request.stateMachineArn);
    const { states } = parts.engine.machineOf(machine);
    if (!states.has(request.state))
      throw validationError(
        `The state machine has no state '${request.state}'; its states are: ${[...states.keys()].join(', ')}`,
      );
    checkSize(request.stateInput, request.state);
    const { arn, startDate } = launch(parts, {
      machine,
      name: request.name,
      input: request.input,
      from: {
        state: request.state,
        input: json(request.stateInput, 'stateInput'),
        variables: Object.fromEntries(
          Object.entries(request.variables ?? {}).map(([name, value]) => [
            name,
            json(value, `variables.${name}`),
          ]),
        ),
      },
    });
    await parts.engine.durable();
    return { executionArn: arn, startDate: startDate / 1000 };
  },
};

function parsed(text: string) {
  try {
    return parseHistory(text);
  } catch (error) {
    throw error instanceof BadHistory
      ? validationError(`The history can't be used: ${error.message}`)
      : error;
  }
}

function json(text: string, field: string) {
  try {
    return parseJson(text);
  } catch {
    throw validationError(`The value of ${field} is not valid JSON`);
  }
}
