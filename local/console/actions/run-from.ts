/**
 * Starts an execution at a state that an earlier one entered, with the same variables, and the same input or a changed
 * one. Its job is a copy, beside that of the earlier execution.
 */
import type { HistoryEvent } from 'step-functions-local';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { deployFlow, replayDefinition } from '../../one-job-flow.ts';
import { replayFlowName } from '../../pipeline.ts';
import { runBeside } from '../../replay/beside.ts';
import type { ExecutionDetails } from '../model/executions.ts';
import { Refusal } from '../responses.ts';

/** The maximum length of a history on AWS and here. */
const allEvents = 25_000;

interface Start {
  /** The event that entered the state. */
  event: number;
  /** JSON in place of the input that the state had. */
  input?: string | undefined;
}

interface Ports {
  cloud: ShownCloud;
  access: CloudAccess;
}

export async function runFrom(
  { arn, machineArn, input }: ExecutionDetails,
  start: Start,
  { cloud, access }: Ports,
): Promise<string> {
  const { definition } = await access.states<{ definition: string }>('DescribeStateMachine', {
    stateMachineArn: machineArn,
  });
  // The engine is loaded when the cloud starts, in parallel with other modules.
  const { stateEntries } = await import('step-functions-local');
  const { States } = JSON.parse(definition) as { States: object };
  const events = cloud.history(arn, 0, allEvents).map((text) => JSON.parse(text) as HistoryEvent);
  const entry = stateEntries(events, (state) => Object.hasOwn(States, state)).find(
    (one) => one.eventId === start.event,
  );
  if (!entry)
    throw new Refusal(
      409,
      'An execution starts at a state of the machine itself, not inside a Map or Parallel',
    );
  const stateInput = start.input ?? entry.input;
  if (stateInput === undefined) throw new Refusal(409, `AWS truncated the input of ${entry.state}`);
  const { job, ...inputs } = await runBeside({ input, stateInput: validJson(stateInput) }, cloud);
  const stateMachineArn = job ? await deployFlow(replayFlowName, replayDefinition, cloud) : machineArn;
  const { executionArn } = await access.localStates<{ executionArn: string }>('StartExecutionFrom', {
    stateMachineArn,
    name: `from-${entry.state.slice(0, 40).replace(/[^\w-]/g, '-')}-${Date.now()}`,
    ...inputs,
    state: entry.state,
    variables: entry.variables,
  });
  return executionArn;
}

function validJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new Refusal(400, `The input is not valid JSON: ${(error as Error).message}`);
  }
}
