import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SFNClient, TestStateCommand } from '@aws-sdk/client-sfn';
import { createStatesService, type StatesService } from 'step-functions-local';

interface Flow {
  States: { OpenLanes: { ItemProcessor: { States: { RunLane: { Retry: { MaxAttempts: number }[] } } } } };
}
const flow = JSON.parse(readFileSync(join(import.meta.dirname, '../asl/pipeline.asl.json'), 'utf8')) as Flow;
const { RunLane } = flow.States.OpenLanes.ItemProcessor.States;

let states: StatesService;
let server: Server;
let client: SFNClient;

beforeAll(async () => {
  states = await createStatesService({ endpoints: {} });
  server = createServer((request, response) => states.handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new SFNClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    // Without it, TestState goes to a host sync-….
    disableHostPrefix: true,
  });
});
afterAll(async () => {
  client.destroy();
  server.close().closeAllConnections();
  await states.close();
});

/** Returns what the flow does when the start of a lane, or the lane, ends with an error after a number of retries. */
async function after(error: string, retries = 0) {
  const { status, nextState } = await client.send(
    new TestStateCommand({
      definition: JSON.stringify(RunLane),
      roleArn: 'arn:aws:iam::123456789012:role/states',
      input: JSON.stringify({ lane: 1, run: 'daily' }),
      context: JSON.stringify({
        Execution: { Id: 'arn:aws:states:us-east-1:123456789012:execution:manga-pipeline:daily' },
        StateMachine: { Id: 'arn:aws:states:us-east-1:123456789012:stateMachine:manga-pipeline' },
      }),
      mock: { errorOutput: { error, cause: 'said so' } },
      stateConfiguration: { retrierRetryCount: retries },
    }),
  );
  return [status, nextState];
}

test.each([
  'StepFunctions.ExecutionLimitExceeded',
  'StepFunctions.ExecutionLimitExceededException',
  'StepFunctions.ThrottlingException',
])('a start that is refused with %s is tried again, and the lane has failed in the end', async (error) => {
  expect((await after(error))[0]).toBe('RETRIABLE');
  expect(await after(error, RunLane.Retry[0]?.MaxAttempts)).toEqual(['CAUGHT_ERROR', 'LaneFailed']);
});

test('a lane that has failed is not started again', async () => {
  expect(await after('States.TaskFailed')).toEqual(['CAUGHT_ERROR', 'LaneFailed']);
});
