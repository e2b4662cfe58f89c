/** Runs inside the thread of one function and does what the Lambda runtime does around a handler. */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { showTime } from '../clock/date.ts';
import { sharedReading } from '../clock/reading.ts';
import { type Handler, loadCode } from './code.ts';
import type { CodeChange, FunctionError, Invocation, Order, Report } from './messages.ts';

interface Context {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

const { url, texts, clock, codeCache } = workerData as {
  url: string;
  texts: [string, string][];
  clock: SharedArrayBuffer;
  codeCache: string | undefined;
};
// A thread compiles everything that it loads, unless it is given a cache.
if (codeCache) enableCompileCache(codeCache);
showTime(sharedReading(clock).read);

const report = (message: Report) => parentPort?.postMessage(message);

// Output uses the same channel as the result, so every line arrives before it.
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    report({ kind: 'output', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
    const done = rest.find((one): one is () => void => typeof one === 'function');
    if (done) queueMicrotask(done);
    return true;
  };

// Ending a thread does not end its child processes; the cloud ends them, so it must know them.
subscribe('child_process', (message) => {
  const child = (message as { process: ChildProcess }).process;
  child.once('spawn', () => {
    const { pid } = child;
    if (!pid) return;
    report({ kind: 'spawned', pid });
    child.once('exit', () => report({ kind: 'exited', pid }));
  });
});

const code = loadCode(url, texts);
let changes: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'invoke') return void changes.then(() => invoke(order));
  changes = changes.then(() => change(order));
});

async function change(order: CodeChange): Promise<void> {
  const { generation } = order;
  try {
    report({ kind: 'changed', generation, reached: await code.change(order) });
  } catch (thrown) {
    report({ kind: 'changed', generation, reached: true, error: describeLoading(thrown) });
  }
}

async function invoke(invocation: Invocation): Promise<void> {
  let handler: Handler;
  try {
    handler = await code.handler();
  } catch (thrown) {
    return report({ kind: 'error', error: describeLoading(thrown), fatal: true });
  }
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    report({ kind: 'result', payload: marshal(result) });
  } catch (thrown) {
    report({ kind: 'error', error: describe(thrown), fatal: false });
  }
}

function contextOf({ requestId, deadline, functionArn }: Invocation): Context {
  return {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function marshal(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    const error = new Error(`Unable to stringify response body: ${(cause as Error).message}`);
    error.name = 'Runtime.MarshalError';
    throw error;
  }
}

function describe(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error))
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: (thrown.stack ?? '').split('\n').map((line) => line.trim()),
  };
}

function describeLoading(thrown: unknown): FunctionError {
  // A syntax error points into the source line, so its lines stay as they are.
  const described = {
    ...describe(thrown),
    trace: thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [],
  };
  if (thrown instanceof SyntaxError) return { ...described, errorType: 'Runtime.UserCodeSyntaxError' };
  if ((thrown as { code?: unknown } | null)?.code === 'ERR_MODULE_NOT_FOUND')
    return { ...described, errorType: 'Runtime.ImportModuleError' };
  return described;
}
