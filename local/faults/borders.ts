import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerJson, answerJsonError } from '../services/protocol/answers.ts';
import { AwsError } from '../services/protocol/aws-error.ts';
import { readBody } from '../services/protocol/body.ts';
import { targetOperation } from '../services/protocol/json-operations.ts';
import { replay } from '../services/protocol/replay.ts';
import type { Service } from '../services/service.ts';
import type { FaultBoard } from './board.ts';

/** Milliseconds by which a slow S3 is slower. */
const slowness = 1_000;
const maxRequest = 16 * 1024 * 1024;

/** Stands before a service; true when it has answered in its place. */
type Border = (request: IncomingMessage, response: ServerResponse) => boolean;

function guarded(service: Service, border: Border): Service {
  return {
    close: service.close,
    handle(request, response) {
      if (!border(request, response)) return service.handle(request, response);
      // Whoever is still sending would see a broken line instead of the answer.
      request.resume();
    },
  };
}

/** DynamoDB that throttles; a fault with a target looks for the table in the request. */
export function throttling(service: Service, board: FaultBoard): Service {
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
      answerJsonError(response, new AwsError('ProvisionedThroughputExceededException', message));
    },
  };
}

/** Step Functions that do not hear heartbeats. */
export const losingHeartbeats = (service: Service, board: FaultBoard): Service =>
  guarded(service, (request, response) => {
    if (targetOperation(request) !== 'SendTaskHeartbeat' || !board.strikes('heartbeat-lost')) return false;
    answerJson(response, {});
    return true;
  });

/** S3 that takes its time. */
export const slow = (service: Service, board: FaultBoard): Service => ({
  close: service.close,
  async handle(request, response) {
    // What comes meanwhile stays in the request until somebody reads it.
    if (board.strikes('slow-s3')) await wait(slowness);
    return service.handle(request, response);
  },
});

/** Lambda whose functions fail by themselves. */
export const failing = (service: Service, board: FaultBoard): Service =>
  guarded(service, (request, response) => {
    const name = /\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    if (name === undefined || !board.strikes('failing-function', decodeURIComponent(name))) return false;
    response.setHeader('X-Amz-Function-Error', 'Unhandled');
    answerJson(response, {
      errorType: 'Error',
      errorMessage: 'A fault on demand: failing-function',
      trace: [],
    });
    return true;
  });
