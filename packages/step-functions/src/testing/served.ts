/** For tests: the service on its own port, a client, and fakes of the services that tasks call. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../history.ts';
import { createStatesService, type StatesServiceOptions } from '../index.ts';

export interface Served {
  readonly url: string;
  readonly client: SFNClient;
  close(): Promise<void>;
}

export const role = 'arn:aws:iam::123456789012:role/test';

export async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, server };
}

export async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export async function serve(options: Partial<StatesServiceOptions> = {}): Promise<Served> {
  const service = await createStatesService({ endpoints: {}, ...options });
  const { url, server } = await listen((request, response) => service.handle(request, response));
  const client = clientFor(url);
  return {
    url,
    client,
    async close() {
      client.destroy();
      await stopServer(server);
      await service.close();
    },
  };
}

export function clientFor(endpoint: string): SFNClient {
  return new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { httpAgent: { maxSockets: 500 } },
    // Without it, StartSyncExecution goes to a host sync-….
    disableHostPrefix: true,
  });
}

export interface FakeLambda {
  readonly url: string;
  /** Events of the calls so far, with the function's name. */
  readonly calls: { name: string; event: unknown }[];
  close(): Promise<void>;
}

/** Serves Invoke: the result is what `run` returns, the function's error what it throws. */
export async function fakeLambda(run: (event: unknown, name: string) => unknown): Promise<FakeLambda> {
  const calls: FakeLambda['calls'] = [];
  const { url, server } = await listen(async (request, response) => {
    const name = decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1] ?? '');
    const event: unknown = JSON.parse((await text(request)) || '{}');
    calls.push({ name, event });
    try {
      const result = await run(event, name);
      response.setHeader('X-Amz-Executed-Version', '$LATEST');
      response.end(JSON.stringify(result ?? null));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response.setHeader('X-Amz-Function-Error', 'Unhandled');
      response.end(JSON.stringify({ errorType, errorMessage, trace: [] }));
    }
  });
  return { url, calls, close: () => stopServer(server) };
}

/** Waits until the execution has ended. */
export async function ended(client: SFNClient, executionArn: string | undefined) {
  for (;;) {
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (described.status !== 'RUNNING') return described;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function eventTypes(client: SFNClient, executionArn: string | undefined): Promise<string[]> {
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return (events ?? []).map(({ type }) => type ?? '');
}

/** Returns the events of an execution as they are sent, with every member. */
export async function rawHistory(url: string, executionArn: string | undefined): Promise<HistoryEvent[]> {
  const all: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSStepFunctions.GetExecutionHistory' },
      body: JSON.stringify({ executionArn, maxResults: 1000, nextToken }),
    });
    const page = (await response.json()) as { events: HistoryEvent[]; nextToken?: string };
    all.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until a condition holds, for at most ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await condition()); waited += 20) {
    if (waited > 10_000) throw new Error('the condition did not hold within ten seconds');
    await sleep(20);
  }
}

/** Creates a machine with a unique name and runs it to its end. */
export async function runMachine(client: SFNClient, definition: object, input: object = {}) {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: crypto.randomUUID(),
      definition: JSON.stringify(definition),
      roleArn: role,
    }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return ended(client, executionArn);
}
