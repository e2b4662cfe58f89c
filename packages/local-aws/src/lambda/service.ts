import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, asAwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/body.ts';
import { requestIdOf, sendJson, sendJsonError } from '../protocol/responses.ts';
import type { Service } from '../service.ts';
import { configurationOf } from './configuration.ts';
import { type Functions, maxPayload } from './functions.ts';
import { parseName } from './qualified-name.ts';
import type { AsyncInvocations } from './queue.ts';
import { versionRoutes } from './version-routes.ts';

/** `/2015-03-31/functions/{name}/{operation}/{alias}` */
const functionPath = /^\/2015-03-31\/functions(?:\/([^/]*)(?:\/(\w+)(?:\/([^/]+))?)?)?\/?$/;

/** Serves Lambda's REST API for the functions of this cloud. */
export function createLambdaService(functions: Functions, queue: AsyncInvocations): Service {
  const versions = versionRoutes(functions);
  const describe = (given: string) => configurationOf(functions, given);

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://local');
    const asked = functionPath.exec(pathname);
    const unknown = () => notInTheLocalCloud(`lambda: ${request.method} ${pathname}`);
    if (!asked) throw unknown();
    const [, given = '', operation = '', rest = ''] = asked;
    const { name, qualifier = searchParams.get('Qualifier') } = parseName(decodeURIComponent(given));
    const qualified = qualifier ? `${name}:${qualifier}` : name;
    const call = `${request.method} ${name && '{name}'}/${operation}`;
    if (call === 'POST {name}/invocations') return invoke(qualified, request, response);
    if (call === 'GET /')
      return sendJson(response, { Functions: functions.list().map(({ name }) => describe(name)) });
    if (call === 'GET {name}/') return sendJson(response, { Configuration: describe(qualified) });
    if (call === 'GET {name}/configuration') return sendJson(response, describe(qualified));
    const versioned = name && versions[`${request.method} ${operation}`];
    if (!versioned) throw unknown();
    await versioned(name, decodeURIComponent(rest), request, response);
  }

  async function invoke(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const definition = functions.find(name);
    const body = await readBody(request, maxPayload, requestTooLarge);
    const payload = checkedJson(body);
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    response.setHeader('X-Amz-Executed-Version', definition.version);
    if (type === 'DryRun') return void response.writeHead(204).end();
    if (type === 'Event') {
      // Failures are only logged, as on AWS.
      queue.enqueue(name, payload).catch(() => {});
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
