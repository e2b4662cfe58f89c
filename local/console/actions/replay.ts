/** Repeats a past invocation with the current code. */

import type { Invoked } from '../../actions/invoke.ts';
import type { ShownCloud } from '../../cloud-access.ts';
import { functionNameIn } from '../function-name.ts';
import { Refusal } from '../responses.ts';
import type { FullEvent } from '../slim-event.ts';

export interface Invocation {
  functionName: string;
  payload: string;
}

/** Returns what a scheduling event invoked; undefined for events that did not invoke a function. */
function invocationIn(event: FullEvent): Invocation | undefined {
  const direct = event.lambdaFunctionScheduledEventDetails;
  if (direct) return { functionName: String(direct.resource), payload: String(direct.input ?? '{}') };
  const task = event.taskScheduledEventDetails;
  if (task?.resourceType !== 'lambda') return undefined;
  const { FunctionName, Payload = {} } = JSON.parse(String(task.parameters)) as {
    FunctionName: string;
    Payload?: unknown;
  };
  return {
    functionName: FunctionName,
    payload: typeof Payload === 'string' ? Payload : JSON.stringify(Payload),
  };
}

/** Invokes the function that an event scheduled, in the sandbox, on a copy of the job. */
export async function replay(event: FullEvent, { control }: Pick<ShownCloud, 'control'>) {
  const invocation = invocationIn(event);
  if (!invocation) throw new Refusal(409, `Event ${event.id} (${event.type}) invoked no function`);
  const name = functionNameIn(invocation.functionName);
  const started = performance.now();
  const { requestId, failed, result } = (await control.run('invoke', {
    function: name,
    event: JSON.parse(invocation.payload),
    beside: true,
  })) as Invoked;
  const milliseconds = Math.round(performance.now() - started);
  return { function: name, requestId, failed, result: JSON.stringify(result), milliseconds };
}
