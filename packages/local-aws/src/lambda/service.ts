import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, asAwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/body.ts';
import { requestIdOf, sendJson, sendJsonError } from '../protocol/responses.ts';
import type { Service } from '../service.ts';
import type { DeployedFunction } from './definition.ts';
import { type Functions, maxPayload } from './functions.ts';
import type { AsyncInvocations } from './queue.ts';

/** `/2015-03-31/functions/{name}/{operation}` */
const functionPath = /^\/2015-03-31\/functions(?:\/([^/]*)(?:\/(\w+))?)?\/?$/;

/** Serves Lambda's REST API for the functions of this cloud. */
export function createLambdaService(functions: Functions, queue: AsyncInvocations): Service {
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const asked = functionPath.exec(path);
    if (!asked) throw notInTheLocalCloud(`lambda: ${request.method} ${path}`);
    const [, given, operation = ''] = asked;
    const name = given ? plainName(decodeURIComponent(given)) : '';
    const call = `${request.method} ${name && '{name}'}/${operation}`;
    if (call === 'POST {name}/invocations') return invoke(name, request, response);
    if (call === 'GET /') return sendJson(response, { Functions: functions.list().map(describe) });
    if (call === 'GET {name}/') return sendJson(response, { Configuration: describe(functions.find(name)) });
    if (call === 'GET {name}/configuration') return sendJson(response, describe(functions.find(name)));
    throw notInTheLocalCloud(`lambda: ${request.method} ${path}`);
  }

  async function invoke(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const definition = functions.find(name);
    const body = await readBody(request, maxPayload, requestTooLarge);
    const payload = checkedJson(body);
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    response.setHeader('X-Amz-Executed-Version', '$LATEST');
    if (type === 'DryRun') return void response.writeHead(204).end();
    if (type === 'Event') {
      // Failures are only logged, as on AWS.
      queue.enqueue(definition.name, payload).catch(() => {});
      requestIdOf(response);
      return void response.writeHead(202).end();
    }
    if (type !== 'RequestResponse') throw invalid(`${type} is not an invocation type`);
    const result = await functions.invoke(name, payload);
    response.setHeader('x-amzn-requestid', result.requestId);
    if (result.error) response.setHeader('X-Amz-Function-Error', 'Unhandled');
    if (request.headers['x-amz-log-type'] === 'Tail')
      response.setHeader('X-Amz-Log-Result', Buffer.from(result.logTail).toString('base64'));
    const answer = Buffer.from(result.payload);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  }

  const describe = ({ name, memory, timeout, environment }: DeployedFunction) => ({
    FunctionName: name,
    FunctionArn: functions.arnOf(name),
    Runtime: 'nodejs24.x',
    Role: `arn:aws:iam::${functions.account.id}:role/${name}`,
    Handler: 'handler.handler',
    PackageType: 'Zip',
    Version: '$LATEST',
    State: 'Active',
    Timeout: timeout,
    MemorySize: memory,
    Environment: { Variables: environment },
  });

  return {
    handle: (request, response) =>
      route(request, response).catch((error) => {
        request.resume();
        sendJsonError(response, asAwsError(error));
      }),
    async close() {
      queue.close();
      await functions.close();
    },
  };
}

/** Returns `cleanup` for `cleanup`, `123456789012:function:cleanup` and `arn:aws:lambda:…:function:cleanup:$LATEST`. */
function plainName(given: string): string {
  return /^(?:.*:)?function:([^:]+)(?::[^:]+)?$/.exec(given)?.[1] ?? given.split(':')[0] ?? given;
}

function checkedJson(body: Buffer): string {
  const text = body.length ? body.toString() : '{}';
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const reason = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError('InvalidRequestContentException', reason);
  }
}

const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);
const requestTooLarge = () =>
  new AwsError(
    'RequestTooLargeException',
    `Request must be smaller than ${maxPayload} bytes for the InvokeFunction operation`,
    413,
  );
