import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { recordConformance } from 'local-aws/conformance';
import { createStatesService, type StatesService } from 'step-functions-local';
import { flowSettings } from '../../asl/definition.ts';
import type { FunctionName } from '../../config/functions.ts';
import { parseConfig } from '../../config/settings/index.ts';
import type { ShardsOn } from '../../domain/render-shards.ts';
import { functionArns } from '../pipeline.ts';
import { jumpingClock } from './jumping-clock.ts';
import { callsOfExecutions } from './pending-calls.ts';

/** Returns a function's response to its n-th call; throws an Error as Lambda would. */
export type Fake = (
  input: { job_id: string; task_token: string; continuation_token: string | null },
  call: number,
) => unknown;
export type Fakes = Partial<Record<FunctionName, Fake>>;

export class Failure extends Error {
  constructor(name: string, message = `${name} happened`) {
    super(message);
    this.name = name;
  }
}

let servers: Server[] = [];
let services: { close(): void | Promise<void> }[] = [];
/** Ends everything that the test started. */
export async function endDay(): Promise<void> {
  for (const service of services) await service.close();
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
  services = [];
  expect(conformance.problems()).toEqual([]);
}

/** Compares every request with AWS's models. */
const conformance = recordConformance();

async function serve(name: string, handle: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    void conformance.middleware(name, request, response);
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns the functions of a day with one successful chapter; tests replace those that they test. */
export function goodDay(
  answerTask: (token: string, output: unknown) => Promise<unknown>,
): Record<FunctionName, Fake> {
  const start: Fake = ({ job_id, task_token }) =>
    void answerTask(task_token, { job_id, status: 'completed' });
  return {
    'check-quota': () => ({ quota_reached: false, daily_count: 0, daily_quota: 10 }),
    fetcher: ({ job_id }, call) =>
      call === 1
        ? { status: 'success', job_id, manga_id: 'm', manga_title: 'M' }
        : { status: 'no_manga_available' },
    scriptgen: ({ job_id }) => ({
      job_id,
      script_generated: true,
      doubtful: false,
      segment_count: 3,
      continuation_token: null,
    }),
    ttsgen: ({ job_id }) => ({ job_id, audio_generated: true, segment_count: 3, continuation_token: null }),
    render: ({ job_id }) => ({ job_id, rendered: 1, reused: 0 }),
    'start-renderer': start,
    'start-uploader': start,
    'renderer-callback': ({ job_id }) => ({ job_id, terminated: true }),
    'uploader-callback': ({ job_id }) => ({ job_id, terminated: true }),
    'increment-counter': ({ job_id }) => ({ job_id, daily_count: 1, date: '2026-02-07' }),
    cleanup: ({ job_id }) => ({ job_id, objects_deleted: 1, bytes_freed: 1 }),
    'handle-error': ({ job_id }) => ({ job_id, status: 'failed', error_logged: true }),
  };
}

/**
 * Runs the real state machine with fake functions until the first execution and all that it started have ended. A
 * reviewer, who gets each task token, enables the review gate.
 */
export async function runDay(
  makeFakes: (client: SFNClient) => Fakes = () => ({}),
  reviewer?: (taskToken: string, client: SFNClient) => Promise<unknown> | undefined,
  name?: string,
  input: object = {},
  settings: { lanes?: number; renderShards?: number; renderShardsOn?: ShardsOn } = {},
) {
  let busy = 0;
  const calls: { name: FunctionName; input: Record<string, unknown> }[] = [];
  const lambda = await serve('lambda', async (request, response) => {
    busy += 1;
    const name = decodeURIComponent(request.url ?? '').match(/manga-pipeline-([a-z-]+)/)?.[1] as FunctionName;
    const input = (await json(request)) as Parameters<Fake>[0];
    calls.push({ name, input: { ...input } });
    const nth = calls.filter((call) => call.name === name).length;
    try {
      const output = await fakes[name](input, nth);
      response.end(JSON.stringify(output ?? null));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response.setHeader('X-Amz-Function-Error', 'Unhandled');
      response.end(JSON.stringify({ errorType, errorMessage, trace: [] }));
    }
    busy -= 1;
  });
  const ended = Promise.withResolvers<void>();
  let running = 0;
  /** Executions that make a call: on a busy machine a request can take long to be received. */
  const calling = callsOfExecutions();
  const clock = jumpingClock(() => busy > 0 || calling.isAnyYoungerThan(Number.POSITIVE_INFINITY));
  services.push({ close: clock.stop });
  const tables = await serve('dynamodb', async (request, response) => {
    const item = (await json(request)) as { ExpressionAttributeValues: { ':token': { S: string } } };
    response.end('{}');
    await reviewer?.(item.ExpressionAttributeValues[':token'].S, client);
  });
  const config = parseConfig({ ...settings, review: reviewer ? 'manual' : 'off' });
  const placeholders = { ...functionArns('us-east-1'), ...flowSettings(config, 'manga-pipeline-jobs') };
  const states: StatesService = await createStatesService({
    endpoints: { lambda, dynamodb: tables },
    placeholders,
    clock,
    onEvent: ({ executionArn, event }) => {
      calling.note(executionArn, event);
      if (event.type === 'ExecutionStarted') running += 1;
      if (!/^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(event.type)) return;
      running -= 1;
      if (running === 0) ended.resolve();
    },
  });
  services.push(states);
  const endpoint = await serve('states', (request, response) => states.handle(request, response));
  const client = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  // A call counts from its start, since the clock must not jump over a response that is being made.
  client.middlewareStack.add(
    (next) => async (call) => {
      busy += 1;
      try {
        return await next(call);
      } finally {
        busy -= 1;
      }
    },
    { step: 'initialize' },
  );
  const fakes = {
    ...goodDay((taskToken, output) =>
      client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
    ),
    ...makeFakes(client),
  };
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: 'manga-pipeline',
      definition: await readFile(join(import.meta.dirname, '../../asl/pipeline.asl.json'), 'utf8'),
      roleArn: 'arn:aws:iam::123456789012:role/states',
    }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
  );
  await ended.promise;
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
  const entered: string[] = [];
  let historyLength = 0;
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
    historyLength += events.length;
    for (const event of events)
      if (event.stateEnteredEventDetails?.name) entered.push(event.stateEnteredEventDetails.name);
  }
  client.destroy();
  const callsOf = (name: FunctionName) =>
    calls.filter((call) => call.name === name).map(({ input }) => input);
  return { execution, executions: executions.reverse(), states: entered, historyLength, callsOf };
}
