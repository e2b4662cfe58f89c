import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from 'local-aws';
import { AwsError, readBody, replay, sendJson, sendJsonError, targetOperation } from 'local-aws/protocol';
import type { FaultBoard } from './board.ts';

/** Milliseconds by which a slow S3 is delayed. */
const slowness = 1_000;
const maxRequest = 16 * 1024 * 1024;

/** Middleware of a service; true when it has responded itself. */
type Middleware = (request: IncomingMessage, response: ServerResponse) => boolean;

function guarded(service: Service, middleware: Middleware): Service {
  return {
    close: service.close,
    handle(request, response) {
      if (!middleware(request, response)) return service.handle(request, response);
      // Otherwise a client that is still sending would see a broken connection instead of the response.
      request.resume();
    },
  };
}

/** Returns what adds the faults to each service, by its name. */
export const decorators = (board: FaultBoard): Readonly<Record<string, (service: Service) => Service>> => ({
  dynamodb: (service) => throttling(service, board),
  s3: (service) => slow(service, board),
  lambda: (service) => failing(service, board),
  states: (service) => losingHeartbeats(service, board),
});

/** Adds throttling to DynamoDB. A fault with a target only strikes requests of that table. */
function throttling(service: Service, board: FaultBoard): Service {
  return {
    close: service.close,
    async handle(request, response) {
      if (!board.armed().some(({ fault }) => fault === 'throttled-table'))
        return service.handle(request, response);
      const body = await readBody(request, maxRequest);
      const { TableName = '' } = JSON.parse(body.toString() || '{}') as { TableName?: string };
      if (!board.strikes('throttled-table', TableName))
        return service.handle(replay(request, body), response);
      const message = 'The level of configured provisioned throughput for the table was exceeded.';
      sendJsonError(response, new AwsError('ProvisionedThroughputExceededException', message));
    },
  };
}

/** Step Functions that lose heartbeats. */
const losingHeartbeats = (service: Service, board: FaultBoard): Service =>
  guarded(service, (request, response) => {
    if (targetOperation(request) !== 'SendTaskHeartbeat' || !board.strikes('heartbeat-lost')) return false;
    sendJson(response, {});
    return true;
  });

/** A slow S3. */
const slow = (service: Service, board: FaultBoard): Service => ({
  close: service.close,
  async handle(request, response) {
    // Data that arrives in the meantime stays in the request until it is read.
    if (board.strikes('slow-s3')) await wait(slowness);
    return service.handle(request, response);
  },
});

/** Lambda with failing functions. */
const failing = (service: Service, board: FaultBoard): Service =>
  guarded(service, (request, response) => {
    const name = /\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    if (name === undefined || !board.strikes('failing-function', decodeURIComponent(name))) return false;
    response.setHeader('X-Amz-Function-Error', 'Unhandled');
    sendJson(response, {
      errorType: 'Error',
      errorMessage: 'Injected fault: failing-function',
      trace: [],
    });
    return true;
  });
