import type { ServerResponse } from 'node:http';
import type { Middleware } from 'local-aws';
import { AwsError, sendJson } from 'local-aws/protocol';
import { oneOf } from './random.ts';

/** Faults of a call to a service of AWS, on its way there or back. */
const faults = ['throttled', 'broken', 'cut', 'answer lost'] as const;
export type CallFault = (typeof faults)[number] | 'function failed';

type Refusal = readonly [code: string, status: number];
interface Refusals {
  throttled: Refusal;
  broken: Refusal;
}
/** Each service's errors for throttling and for internal failures (their API references). */
const refusals: Readonly<Record<string, Refusals>> = {
  dynamodb: {
    throttled: ['ProvisionedThroughputExceededException', 400],
    broken: ['InternalServerError', 500],
  },
  s3: { throttled: ['SlowDown', 503], broken: ['InternalError', 500] },
  lambda: { throttled: ['TooManyRequestsException', 429], broken: ['ServiceException', 500] },
  ec2: { throttled: ['RequestLimitExceeded', 503], broken: ['InternalError', 500] },
  sns: { throttled: ['Throttled', 429], broken: ['InternalError', 500] },
};
const otherRefusals: Refusals = {
  throttled: ['ThrottlingException', 400],
  broken: ['InternalServerError', 500],
};

/** Blocks a request permanently. */
const never = new Promise<void>(() => {});

/** Makes a share of calls fail in one of the ways; `onFault` is called with each. */
export function faultyMiddleware(
  random: () => number,
  rate: number,
  onFault: (service: string, fault: CallFault, url: string) => void,
): Middleware {
  return (service, request, response) => {
    // Calls of the load run itself are not calls of the pipeline.
    if (service === 'control' || random() >= rate) return undefined;
    const fault: CallFault = oneOf(
      random,
      service === 'lambda' ? [...faults, 'function failed'] : [...faults],
    );
    onFault(service, fault, request.url ?? '');
    if (fault === 'answer lost') return void loseAnswer(response);
    if (fault === 'cut') request.destroy();
    if (fault === 'function failed') failFunction(response);
    if (fault === 'cut' || fault === 'function failed') return never;
    const [code, status] = (refusals[service] ?? otherRefusals)[fault];
    throw new AwsError(code, `Injected by the load run: ${fault}`, status);
  };
}

/** Lets the service do its work and breaks the connection at the start of its response. */
function loseAnswer(response: ServerResponse): void {
  Object.assign(response, {
    write: () => true,
    end() {
      response.flushHeaders();
      setImmediate(() => response.destroy());
      return response;
    },
  });
}

function failFunction(response: ServerResponse): void {
  response.setHeader('X-Amz-Function-Error', 'Unhandled');
  sendJson(response, { errorType: 'Error', errorMessage: 'Injected by the load run', trace: [] });
}
