/**
 * The thread that calls services with the AWS SDK: loading a client takes up to a second, and converting a large response
 * takes long, in which the service would handle nothing else.
 */

import { parentPort } from 'node:worker_threads';
import { type ClientPackage, loadClient, type SdkClient } from './clients.ts';
import type { SdkCall, SdkCheck, SdkMessage, SdkMock, SdkProblem, SdkResult } from './protocol.ts';
import { fromSdk, mockProblem, problemsOf, toSdk } from './shapes.ts';
import { whyUnsendable } from './unsendable.ts';

/** Clients by name and endpoint. */
const clients = new Map<string, SdkClient>();

parentPort?.on('message', async ({ id, request }: SdkMessage) => {
  parentPort?.postMessage({ id, result: await resultOf(request) });
});

function resultOf(request: SdkMessage['request']) {
  if (request.type === 'check') return check(request);
  return request.type === 'mock' ? checkMock(request) : call(request);
}

function checkMock({ client, action, naming, result, strict }: SdkMock): string | undefined {
  const operation = loadClient(client)?.operation(action);
  return operation && mockProblem(operation.output, naming, result, strict);
}

/** Clients whose absence was reported. */
const reported = new Set<string>();

function missingClient(client: string): string {
  return `The AWS SDK's client of this service is missing, or too old: npm install @aws-sdk/client-${client}@latest`;
}

function check({ client, action, naming, unknownAction, parameters }: SdkCheck): SdkProblem[] {
  const found = loadClient(client);
  if (!found) {
    // The definition can be valid on AWS; a task that calls the service fails with the same command.
    if (!reported.has(client)) console.error(`states: a definition is not checked. ${missingClient(client)}`);
    reported.add(client);
    return [];
  }
  const operation = found.operation(action);
  if (!operation) return [{ text: unknownAction, field: 'Resource' }];
  if (parameters === undefined) return [];
  const { field, value, isTemplate } = parameters;
  return problemsOf(operation.input, { naming, isTemplate }, value).map((text) => ({ text, field }));
}

async function call({ client, action, naming, parameters, endpoint, region }: SdkCall): Promise<SdkResult> {
  const found = loadClient(client);
  const operation = found?.operation(action);
  if (!found || !operation) return { type: 'notSent', message: missingClient(client) };
  const key = JSON.stringify([client, endpoint, region]);
  const sdk = clients.get(key) ?? newClient(found, endpoint, region);
  clients.set(key, sdk);
  const reason = whyUnsendable(operation.input, parameters);
  if (reason !== undefined) return { type: 'notSent', message: reason, serviceId: sdk.config.serviceId };
  try {
    const { $metadata, ...content } = await sdk.send(
      operation.command(toSdk(operation.input, naming, parameters)),
      {},
    );
    const { httpStatusCode = 0, requestId } = $metadata as Metadata;
    const output = await fromSdk(operation.output, naming, content);
    return { type: 'output', output: output ?? {}, status: httpStatusCode, requestId };
  } catch (error) {
    return failed(error, found, sdk, action);
  }
}

interface Metadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly extendedRequestId?: string;
}

/** As the SDK for Java names them: the response to a HEAD request has no code. */
const namedByAction: Readonly<Record<string, string>> = {
  headObject: 'NoSuchKey',
  headBucket: 'NoSuchBucket',
};

function failed(error: unknown, from: ClientPackage, { config }: SdkClient, action: string): SdkResult {
  if (!(error instanceof Error)) return { type: 'notSent', message: String(error) };
  const { httpStatusCode, requestId, extendedRequestId } =
    '$metadata' in error ? (error.$metadata as Metadata) : {};
  const { serviceId } = config;
  if (httpStatusCode === undefined)
    return { type: 'notSent', message: error.message || error.name, serviceId };
  return {
    type: 'failure',
    serviceId,
    code: (error.name === 'NotFound' ? namedByAction[action] : undefined) ?? error.name,
    modeled: from.isModeled(error),
    // What the SDK for Java writes for a response without a message.
    message: error.message === 'UnknownError' ? 'null' : error.message,
    status: httpStatusCode,
    requestId,
    extendedRequestId,
  };
}

/** Local endpoints do not check keys, and have no host for each bucket. */
function newClient(from: ClientPackage, endpoint: string, region: string): SdkClient {
  const configuration = {
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    // The state's Retry repeats calls.
    maxAttempts: 1,
    forcePathStyle: true,
    disableHostPrefix: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
  const maxSockets = 1000;
  return from.newClient(configuration, {
    requestTimeout: 0,
    httpAgent: { maxSockets },
    httpsAgent: { maxSockets },
  });
}
