/** A value that no state changes keeps its text: blanks, `1.0` and integers that JavaScript cannot hold. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  GetActivityTaskCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ended, rawHistory, role, type Served, serve } from './testing/served.ts';

let served: Served;

async function start(states: Record<string, object>, input: string) {
  const definition = JSON.stringify({ StartAt: 'A', States: states });
  const { stateMachineArn } = await served.client.send(
    new CreateStateMachineCommand({ name: crypto.randomUUID(), definition, roleArn: role }),
  );
  return served.client.send(new StartExecutionCommand({ stateMachineArn, input }));
}

const text = '{ "b": 1.0,\n  "a": 12345678901234567890, "10": [1e3] }';

test('the input of an execution, in every event and for JSONata too', async () => {
  served = await serve();
  const rule = { Variable: '$.b', NumericEquals: 1, Next: 'C' };
  const { executionArn } = await start(
    {
      A: { Type: 'Pass', ResultPath: null, Result: 1, Next: 'B' },
      B: { Type: 'Choice', Choices: [rule], Default: 'C' },
      C: { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { b: '{% $states.input.b %}' }, Next: 'D' },
      D: { Type: 'Succeed' },
    },
    text,
  );
  expect((await ended(served.client, executionArn)).output).toBe(text);
  const events = await rawHistory(served.url, executionArn);
  const texts = events.flatMap((event) =>
    Object.values(event).flatMap((details) =>
      typeof details === 'object' ? [details.input ?? details.output ?? []].flat() : [],
    ),
  );
  expect(new Set(texts)).toEqual(new Set([text]));
  await served.close();
});

test('the result of a task with a token, also after a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'states-text-'));
  served = await serve({ directory });
  const { activityArn } = await served.client.send(new CreateActivityCommand({ name: 'work' }));
  const { executionArn } = await start(
    { A: { Type: 'Task', Resource: activityArn, Next: 'B' }, B: { Type: 'Wait', Seconds: 1, End: true } },
    text,
  );
  const { taskToken, input } = await served.client.send(new GetActivityTaskCommand({ activityArn }));
  expect(input).toBe(text);
  await served.client.send(new SendTaskSuccessCommand({ taskToken, output: text.replace('1.0', '2.0') }));
  await served.close();
  served = await serve({ directory });
  expect((await ended(served.client, executionArn)).output).toBe(text.replace('1.0', '2.0'));
  await served.close();
  rmSync(directory, { recursive: true });
});
