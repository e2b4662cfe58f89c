import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  GetFunctionCommand,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  ListFunctionsCommand,
  ListLayersCommand,
} from '@aws-sdk/client-lambda';
import { identify } from '../state/process-identity.ts';
import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf, eventually } from '../testing.ts';
import type { FunctionDefinition } from './definition.ts';
import { createFunctions } from './functions.ts';
import { createAsyncInvocations } from './queue.ts';
import { createLambdaService } from './service.ts';

let cloud: UnderTest;
let client: LambdaClient;
let functions: ReturnType<typeof createFunctions>;

beforeAll(async () => {
  cloud = await startUnderTest();
  functions = createFunctions({ account, endpoint: cloud.endpoint, log: cloud.log, folder: cloud.folder });
  cloud.gateway.serve(
    'lambda',
    createLambdaService(functions, createAsyncInvocations(functions, cloud.log, [20, 20])),
  );
  client = new LambdaClient(clientOf(cloud.endpoint));
});
afterAll(async () => {
  client.destroy();
  await functions.close();
  await cloud.end();
});

let count = 0;
/** Declares a function with the given body and returns its name. */
function given(body: string, more: Partial<FunctionDefinition> = {}): string {
  const name = `test-${++count}`;
  const file = cloud.write(`functions/${name}/handler.ts`, body);
  functions.define({ name, label: name, file, environment: {}, memory: 128, timeout: 5, ...more });
  return name;
}

async function invoke(FunctionName: string, event: unknown = {}, more: Partial<InvokeCommandInput> = {}) {
  const answer = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  return { ...answer, result: text ? JSON.parse(text) : undefined };
}

describe('a function of the local cloud', () => {
  test('receives its event and returns its result', async () => {
    const name = given('export const handler = async (event: { n: number }) => ({ doubled: event.n * 2 });');
    const { result, FunctionError, StatusCode } = await invoke(name, { n: 21 });
    expect({ result, FunctionError, StatusCode }).toEqual({
      result: { doubled: 42 },
      FunctionError: undefined,
      StatusCode: 200,
    });
  });

  test('sees only its declared environment, not the cloud’s', async () => {
    process.env.SECRET_OF_THE_CLOUD = 'x';
    const name = given('export const handler = async () => process.env;', {
      environment: { DAILY_QUOTA: '7' },
    });
    const { result } = await invoke(name);
    expect(result).toMatchObject({
      DAILY_QUOTA: '7',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    });
    expect(result).not.toHaveProperty('SECRET_OF_THE_CLOUD');
    delete process.env.SECRET_OF_THE_CLOUD;
  });

  test('knows its request id, its ARN and its remaining time', async () => {
    const name = given(
      'export const handler = async (_: unknown, context: unknown) => ({ ...context, left: context.getRemainingTimeInMillis() });',
    );
    // The start of its thread, which can take seconds on a busy machine, counts toward its time.
    await invoke(name);
    const { result, $metadata } = await invoke(name);
    expect(result).toMatchObject({
      awsRequestId: $metadata.requestId,
      functionName: name,
      memoryLimitInMB: '128',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    });
    expect(result.left).toBeGreaterThan(4000);
    expect(result.left).toBeLessThanOrEqual(5000);
  });

  test('reports a thrown error with its name, message and trace', async () => {
    const name = given(
      'class ChapterUnreadable extends Error { override readonly name = "ChapterUnreadable"; }\n' +
        'export const handler = async () => { throw new ChapterUnreadable("no zip"); };',
    );
    const { result, FunctionError } = await invoke(name);
    expect(FunctionError).toBe('Unhandled');
    expect(result).toMatchObject({ errorType: 'ChapterUnreadable', errorMessage: 'no zip' });
    expect(result.trace[0]).toBe('ChapterUnreadable: no zip');
    const said = cloud.lines.filter(({ source }) => source === name).map(({ text }) => text);
    expect(said).toEqual([
      'ChapterUnreadable: no zip',
      expect.stringMatching(/^ {4}at handler \S*handler\.ts:2:\d+$/),
    ]);
  });

  test('ends at its timeout, with the programs that it started', async () => {
    const name = given(
      'import { spawn } from "node:child_process";\n' +
        'export const handler = async () => {\n' +
        '  console.log("pid " + spawn("sleep", ["60"]).pid);\n' +
        '  await new Promise((resolve) => setTimeout(resolve, 60_000));\n' +
        '};',
      { timeout: 0.4 },
    );
    const { result } = await invoke(name);
    expect(result.errorType).toBe('Sandbox.Timedout');
    expect(result.errorMessage).toMatch(/^\d{4}-\S+Z \S+ Task timed out after 0\.40 seconds$/);
    const pid = Number(
      cloud.lines.find(({ source, text }) => source === name && text.startsWith('pid'))?.text.slice(4),
    );
    await eventually('the end of the program', () => !identify(pid));
  });

  test('ends at its timeout even in a busy loop', async () => {
    const { result } = await invoke(given('export const handler = () => { for (;;); };', { timeout: 0.3 }));
    expect(result.errorType).toBe('Sandbox.Timedout');
  });

  test('ends when it exceeds its memory', async () => {
    const name = given(
      'export const handler = () => { const all: unknown[] = []; for (;;) all.push(new Array(10_000).fill(Math.random())); };',
      { memory: 24 },
    );
    const { result } = await invoke(name);
    expect(result.errorType).toBe('Runtime.ExitError');
  });

  test('reports an exit without a response', async () => {
    const { result } = await invoke(given('export const handler = () => process.exit(3);'));
    expect(result).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'Runtime exited with error: exit status 3',
    });
  });

  test.each([
    ['import "./no-such-file.ts"; export const handler = () => 1;', 'Runtime.ImportModuleError'],
    ['export const handler = = 1;', 'Runtime.UserCodeSyntaxError'],
    ['export const other = 1;', 'Runtime.HandlerNotFound'],
    [
      'class ConfigurationError extends Error { name = "ConfigurationError" }; throw new ConfigurationError("x");',
      'ConfigurationError',
    ],
    ['export const handler = () => ({ n: 1n });', 'Runtime.MarshalError'],
    ['export const handler = () => "x".repeat(7_000_000);', 'Function.ResponseSizeTooLarge'],
  ])('reports the error of the code %s', async (body, errorType) => {
    const { result } = await invoke(given(body));
    expect(result.errorType).toBe(errorType);
  });

  test('has its output in the log line by line, and in the response on request', async () => {
    const name = given(
      'export const handler = () => { console.log("one\\ntwo"); process.stderr.write("three"); };',
    );
    const answer = await invoke(name, {}, { LogType: 'Tail' });
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toBe('one\ntwo\nthree\n');
    const requestId = answer.$metadata.requestId;
    expect(cloud.lines.filter(({ source }) => source === name)).toEqual([
      { source: name, requestId, text: 'one' },
      { source: name, requestId, text: 'two' },
      { source: name, requestId, text: 'three' },
    ]);
  });
});

describe('environments', () => {
  const counting =
    'let n = 0; export const handler = async (ms: number) => { await new Promise((r) => setTimeout(r, ms)); return ++n; };';

  test('stay warm and serve one invocation at a time', async () => {
    const name = given(counting);
    expect((await invoke(name, 0)).result).toBe(1);
    expect((await invoke(name, 0)).result).toBe(2);
    const both = await Promise.all([invoke(name, 100), invoke(name, 100)]);
    expect(both.map(({ result }) => result).sort()).toEqual([1, 3]);
  });

  test('reload changed code and keep unchanged modules', async () => {
    const name = given(`
      import { text } from './text.ts';
      import { count } from './count.ts';
      export const handler = () => [text, count()];
    `);
    const folder = dirname(functions.find(name).file);
    writeFileSync(join(folder, 'count.ts'), 'let n = 0; export const count = () => ++n;');
    const say = (text: string) => {
      writeFileSync(join(folder, 'text.ts'), text);
      return functions.update({ files: new Map([[join(folder, 'text.ts'), text]]) });
    };
    await say('export const text: string = "old";');
    expect((await invoke(name)).result).toEqual(['old', 1]);
    expect(await say('export const text: string = "new";')).toMatchObject([{ label: name, reached: true }]);
    expect((await invoke(name)).result).toEqual(['new', 2]);
  });

  test('keep the last good code when the new code cannot be loaded, also in later threads', async () => {
    const good =
      'export const handler = async (ms: number) => { await new Promise((r) => setTimeout(r, ms)); return "good"; };';
    const name = given(good);
    const { file } = functions.find(name);
    await invoke(name, 0);
    const bad = 'import { nothing } from "node:fs"; export const handler = () => nothing;';
    writeFileSync(file, bad);
    const [refused] = await functions.update({ files: new Map([[file, bad]]) });
    expect(refused?.error?.errorMessage).toMatch(/nothing/);
    functions.serveInstead(new Map([[file, good]]));
    const both = await Promise.all([invoke(name, 100), invoke(name, 100)]);
    expect(both.map(({ result }) => result)).toEqual(['good', 'good']);
    functions.serveInstead(new Map());
  });

  test('move to a new thread after many changes, with the current code and environment', async () => {
    const code = (n: number) =>
      `import { threadId } from 'node:worker_threads';
       export const handler = () => ({ threadId, n: ${n}, quota: process.env.DAILY_QUOTA });`;
    const name = given(code(0), { environment: { DAILY_QUOTA: '1' } });
    const { file } = functions.find(name);
    const first = (await invoke(name)).result;
    const declared = functions
      .list()
      .map((one) => (one.name === name ? { ...one, environment: { DAILY_QUOTA: '2' } } : one));
    await functions.update({ declared });
    for (let n = 1; n <= 60; n += 1) {
      writeFileSync(file, code(n));
      await functions.update({ files: new Map([[file, code(n)]]) });
    }
    const last = (await invoke(name)).result;
    expect(last).toMatchObject({ n: 60, quota: '2' });
    expect(last.threadId).toBeGreaterThan(first.threadId);
  });

  test('see their current environment', async () => {
    const name = given('const seen = process.env.DAILY_QUOTA; export const handler = () => seen;', {
      environment: { DAILY_QUOTA: '1' },
    });
    expect((await invoke(name)).result).toBe('1');
    const declared = functions
      .list()
      .map((one) => (one.name === name ? { ...one, environment: { DAILY_QUOTA: '2' } } : one));
    await functions.update({ declared });
    expect((await invoke(name)).result).toBe('2');
  });

  test('are throttled above the reserved concurrency', async () => {
    const name = given(counting, { reservedConcurrency: 1 });
    const first = invoke(name, 200);
    await eventually('the throttle', () =>
      invoke(name, 0).then(
        () => false,
        (error: Error) => error.name === 'TooManyRequestsException',
      ),
    );
    await first;
  });
});

describe('the Lambda service', () => {
  test('names an unknown function', async () => {
    await expect(invoke('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody',
    });
  });

  test('finds functions by ARN', async () => {
    const name = given('export const handler = () => "here";');
    expect((await invoke(functions.arnOf(name))).result).toBe('here');
    expect((await invoke(`${functions.arnOf(name)}:$LATEST`)).result).toBe('here');
  });

  test('does not run the function on a dry run', async () => {
    const name = given('export const handler = () => console.log("ran");');
    expect((await invoke(name, {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
    expect(cloud.lines.filter(({ source }) => source === name)).toEqual([]);
  });

  test('attempts an event three times', async () => {
    const name = given('export const handler = () => { console.log("tried"); throw new Error("no"); };');
    expect((await invoke(name, {}, { InvocationType: 'Event' })).StatusCode).toBe(202);
    await eventually('the last attempt', () =>
      cloud.lines.some(({ source, text }) => source === name && /^Dropped an event/.test(text)),
    );
    expect(cloud.lines.filter(({ source, text }) => source === name && text === 'tried')).toHaveLength(3);
  });

  test('refuses a payload over 6 MB', async () => {
    const name = given('export const handler = () => 1;');
    await expect(invoke(name, 'x'.repeat(7_000_000))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 413 },
    });
  });

  test('names an unsupported operation', async () => {
    await expect(client.send(new ListLayersCommand({}))).rejects.toThrow(
      'lambda: GET /2018-10-31/layers is not supported by the local cloud',
    );
  });

  test('lists and describes its functions', async () => {
    const name = given('export const handler = () => 1;', { timeout: 9 });
    const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
    expect(Functions.map((one) => one.FunctionName)).toContain(name);
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: name }));
    expect(Configuration).toMatchObject({ FunctionName: name, Timeout: 9, MemorySize: 128 });
  });
});
