import { request as httpRequest } from 'node:http';
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import {
  type ConsoleUnderTest,
  longLoop,
  makeMachine,
  startConsoleUnderTest,
  startExecution,
} from '../testing/console-under-test.ts';

/** The SDK's client, as in an assistant, at the console of a local cloud. */
let console: ConsoleUnderTest;
let client: Client;
const clientWith = async (headers: Record<string, string>, options: ClientOptions = {}) => {
  const connected = new Client({ name: 'assistant', version: '1' }, options);
  await connected.connect(
    new StreamableHTTPClientTransport(new URL(`${console.origin}/mcp`), { requestInit: { headers } }),
  );
  return connected;
};
const key = () => ({ authorization: `Bearer ${console.token}` });

beforeAll(async () => {
  console = await startConsoleUnderTest();
  client = await clientWith(key());
});
afterAll(async () => {
  await client?.close();
  await console?.close();
});

interface Listed<T> {
  items: T[];
  total: number;
  next?: number;
}

async function call(name: string, given: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [first] = content as { text: string }[];
  return { isError: isError === true, text: first?.text ?? '' };
}
async function reply<T>(name: string, given: Record<string, unknown> = {}): Promise<T> {
  const { isError, text } = await call(name, given);
  if (isError) throw new Error(`${name}: ${text}`);
  return JSON.parse(text) as T;
}

test('lists its tools, and says which of them only read', async () => {
  const { tools } = await client.listTools();
  const named = (wanted: (one: (typeof tools)[number]) => boolean | undefined) =>
    tools.filter(wanted).map(({ name }) => name);
  expect(named(({ annotations }) => annotations?.readOnlyHint)).toEqual([
    'list_executions',
    'describe_execution',
    'list_events',
    'read_event',
    'list_jobs',
    'describe_job',
    'list_artifacts',
    'read_artifact',
    'find_logs',
    'list_functions',
    'describe_function',
  ]);
  expect(named(({ annotations }) => annotations?.destructiveHint)).toEqual([
    'invoke_function',
    'stop_execution',
    'run_job_again',
    'review_job',
  ]);
  for (const { name, description, inputSchema } of tools) {
    expect(`${name}: ${description}`).toMatch(/: [A-Z].+\.$/);
    expect(inputSchema.type).toBe('object');
  }
});

test('rejects an argument that a tool does not have', async () => {
  for (const name of ['list_jobs', 'find_logs', 'start_execution']) {
    const { isError, content } = await client.callTool({ name, arguments: { fromm: 'x' } });
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).toContain('fromm');
  }
});

test('serves clients of both generations of the protocol', async () => {
  const modern = await clientWith(key(), { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  expect([client.getProtocolEra(), modern.getProtocolEra()]).toEqual(['legacy', 'modern']);
  expect((await modern.listTools()).tools).toHaveLength((await client.listTools()).tools.length);
  const { isError } = await modern.callTool({ name: 'list_jobs', arguments: {} });
  expect(isError).toBeFalsy();
  await modern.close();
});

test('starts an execution, follows it, stops it, and redrives it', async () => {
  await makeMachine(console.cloud, 'patience', {
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 600, End: true } },
  });
  const { execution } = await reply<{ execution: string }>('start_execution', {
    machine: 'patience',
    input: { page: 1 },
  });
  expect(await reply('describe_execution', { execution })).toMatchObject({
    status: 'RUNNING',
    input: '{"page":1}',
  });
  await eventually('the state', async () => {
    const { items } = await reply<Listed<{ name?: string }>>('list_events', { execution });
    return items.some(({ name }) => name === 'Wait');
  });
  await reply('stop_execution', { execution });
  expect(await reply('describe_execution', { execution })).toMatchObject({
    status: 'ABORTED',
    cause: 'Stopped by an assistant',
  });
  await reply('redrive_execution', { execution });
  expect((await reply<Listed<object>>('list_executions')).items[0]).toMatchObject({
    arn: execution,
    status: 'RUNNING',
  });
  await reply('stop_execution', { execution });
});

test('redrives several executions, one of which is refused, and runs one from a state with another input', async () => {
  const { items } = await reply<Listed<{ arn: string; name: string; machine: string }>>('list_executions');
  const execution = items.find(({ machine }) => machine === 'patience')?.arn ?? '';
  const absent = `${execution}-absent`;
  expect(await reply('redrive_executions', { executions: [absent, execution] })).toEqual({
    items: [{ execution: absent, problem: expect.stringContaining('ExecutionDoesNotExist') }, { execution }],
    redriven: 1,
  });
  await reply('stop_execution', { execution });
  const { items: events } = await reply<Listed<{ id: number; name?: string }>>('list_events', { execution });
  const event = events.find(({ name }) => name === 'Wait')?.id;
  const from = await reply<{ execution: string }>('run_from_state', { execution, event, input: { page: 2 } });
  expect(await reply('describe_execution', { execution: from.execution })).toMatchObject({
    name: expect.stringMatching(/^from-Wait-/),
    status: 'RUNNING',
  });
  const { items: begun } = await reply<Listed<{ id: number; name?: string }>>('list_events', from);
  const entered = begun.find(({ name }) => name === 'Wait')?.id;
  expect(await reply('read_event', { ...from, id: entered })).toMatchObject({
    stateEnteredEventDetails: { input: '{"page":2}' },
  });
  await reply('stop_execution', from);
});

test('reads a history of 25,000 events in pages, and single events', async () => {
  const execution = await startExecution(
    console.cloud,
    await makeMachine(console.cloud, 'long-loop', longLoop),
    'long',
  );
  await eventually(
    'the end',
    async () => (await reply<{ status: string }>('describe_execution', { execution })).status === 'SUCCEEDED',
    60_000,
  );
  const first = await reply<Listed<{ id: number }>>('list_events', { execution, limit: 100 });
  expect(first).toMatchObject({ items: { length: 100 }, next: 100 });
  const last = await reply<Listed<object>>('list_events', { execution, after: 24_990, limit: 100 });
  expect(last.items.at(-1)).toMatchObject({ id: 24_998, type: 'ExecutionSucceeded' });
  expect(last).not.toHaveProperty('next');
  expect(await reply('read_event', { execution, id: 1 })).toMatchObject({ type: 'ExecutionStarted' });
  expect(await call('read_event', { execution, id: 99_999 })).toEqual({
    isError: true,
    text: 'The event 99999 does not exist, or no longer exists',
  });
});

test('invokes a function, and finds its lines and its invocations', async () => {
  const { result, failed } = await reply<{ result: object; failed: boolean }>('invoke_function', {
    function: 'cleanup',
    event: { job_id: 'job-assistant' },
  });
  expect({ result, failed }).toMatchObject({ result: { job_id: 'job-assistant' }, failed: false });
  const { invocations } = await reply<{ invocations: Listed<object> }>('describe_function', {
    function: 'cleanup',
  });
  expect(invocations.items).toMatchObject([{ event: '{"job_id":"job-assistant"}' }]);
  const { items } = await reply<Listed<object>>('find_logs', { job: 'job-assistant', source: 'cleanup' });
  expect(items.length).toBeGreaterThan(0);
  const sample = { function: 'check-quota', event: { job_id: 'job-sample' } };
  expect(await reply('invoke_function', sample)).toMatchObject({ failed: false, sandbox: true });
  const look = { function: 'check-quota', event: {} };
  expect(await reply('invoke_function', look)).toMatchObject({ failed: false, sandbox: false });
  expect(JSON.stringify(await reply('list_jobs'))).not.toContain('job-sample');
  expect(await reply('list_functions')).toMatchObject({ total: 11 });
});

test('reads jobs and their artifacts, with long texts shortened and without tokens', async () => {
  const { jobsTable, artifactsBucket } = console.cloud.resources;
  const job = 'job-assistant';
  const now = new Date().toISOString();
  const item = {
    job_id: job,
    status: 'awaiting_review',
    created_at: now,
    updated_at: now,
    review_token: 'a-token-that-decides',
    error_message: 'x'.repeat(9_000),
  };
  await callJson(console.cloud, 'dynamodb', 'PutItem', {
    TableName: jobsTable,
    Item: Object.fromEntries(Object.entries(item).map(([name, S]) => [name, { S }])),
  });
  const script = JSON.stringify({ text: 'Chào mừng '.repeat(5_000) });
  await fetch(`${console.cloud.endpoint}/${artifactsBucket}/jobs/${job}/script.json`, {
    method: 'PUT',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/s3/aws4_request' },
    body: script,
  });
  expect(await reply('list_jobs', { status: 'awaiting_review' })).toMatchObject({ total: 1 });
  const { text } = await call('describe_job', { job });
  expect(text).toContain('xxx… (5000 more characters)');
  expect(text).not.toContain('a-token-that-decides');
  expect(JSON.parse(text)).toMatchObject({ artifacts: 1 });
  expect(await reply('list_artifacts', { job })).toMatchObject({ items: [{ path: 'script.json' }] });
  let read = '';
  for (let from: number | undefined = 0; from !== undefined; ) {
    const part: { text: string[]; next?: number } = await reply('read_artifact', {
      job,
      path: 'script.json',
      from,
    });
    read += part.text.join('');
    from = part.next;
  }
  expect(read).toBe(script);
  expect((await call('review_job', { job, verdict: 'approve' })).text).toMatch(/already decided/);
  expect((await call('review_job', { job, verdict: 'reject' })).text).toMatch(/reason/);
  const { execution } = await reply<{ execution: string }>('run_job_again', { job });
  await reply('stop_execution', { execution });
});

test.each([
  ['describe_job', { job: '../../x' }, /a job id looks like/],
  ['describe_job', { job: 'job-absent' }, /does not exist/],
  [
    'describe_execution',
    { execution: 'arn:aws:states:us-east-1:1:execution:a:b' },
    /ExecutionDoesNotExist|InvalidArn/,
  ],
  ['read_artifact', { job: 'job-assistant', path: '../job-other/script.json' }, /path of list_artifacts/],
  ['read_artifact', { job: 'job-assistant', path: 'speech/%2e%2e/%2e%2e/x.json' }, /path of list_artifacts/],
  ['list_jobs', { limit: 1e9 }, /limit/],
  ['list_executions', { after: -1 }, /after/],
  ['invoke_function', { function: 'cleanup; rm -rf /' }, /is not a function; the functions are/],
  ['invoke_function', { function: 'cleanup', event: 'text' }, /event/],
  ['start_execution', { machine: 'absent' }, /StateMachineDoesNotExist/],
  ['start_execution', { machine: 'x:y/../../z' }, /StateMachineDoesNotExist|InvalidArn/],
  ['stop_execution', { execution: `arn:${'x'.repeat(600)}` }, /execution/],
])('%s with %j reports an error', async (name, given, message) => {
  const { isError, text } = await call(name, given);
  expect({ isError, text }).toEqual({ isError: true, text: expect.stringMatching(message) });
});

const request = {
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
};
const listing = '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}';

/** Returns the status of a request whose headers are sent as given, Host included. */
const send = (headers: Record<string, string>, body = listing, method = 'POST') =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = httpRequest(`${console.origin}/mcp`, {
      method,
      headers: { ...request, ...headers },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.end(body);
  });

test('refuses a wrong key, the key of a page, a foreign page and a foreign name', async () => {
  const page = await fetch(`${console.origin}/api/session`, {
    method: 'POST',
    headers: { 'x-console-token': console.token },
  });
  expect(await send(key())).toBe(200);
  expect(await send({})).toBe(401);
  expect(await send({ authorization: 'Bearer wrong' })).toBe(401);
  expect(await send({ authorization: console.token })).toBe(401);
  expect(await send({ cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' })).toBe(401);
  expect(await send({ ...key(), origin: 'http://evil.example' })).toBe(403);
  expect(await send({ ...key(), origin: 'null' })).toBe(403);
  expect(await send({ ...key(), 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await send({ ...key(), host: 'evil.example' })).toBe(403);
  await expect(clientWith({ authorization: 'Bearer wrong' })).rejects.toThrow();
});

test('refuses a request that is not JSON, and one that is too large', async () => {
  expect(await send(key(), '{')).toBe(400);
  for (const method of ['TRACE', 'PUT', 'PATCH', 'OPTIONS']) expect(await send(key(), '', method)).toBe(405);
  expect(await send(key(), JSON.stringify({ text: 'x'.repeat(2_000_000) }))).toBe(413);
});
