#!/usr/bin/env node
/** `step-functions-local` serves the API on a port of this machine for the AWS CLI, SDKs and tests. */

import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { createStatesService, endpointsOf } from './index.ts';
import { isFromThisMachine } from './loopback.ts';

const helpText = `Serves AWS Step Functions on this machine with its own engine for the Amazon States Language.

usage: step-functions-local [--port PORT] [--directory DIR] [--help]

  --port PORT       port on 127.0.0.1 (default: $PORT, else 8083); 0 uses any free port
  --directory DIR   keep state machines and executions in DIR (default: until the process ends)

environment:
  AWS_ENDPOINT_URL_LAMBDA   endpoint of Lambda for tasks
  AWS_ENDPOINT_URL_<NAME>   endpoint of another service for tasks, such as SQS, SNS, DYNAMODB, EVENTBRIDGE, CLOUDWATCH_LOGS
  AWS_ENDPOINT_URL_S3       endpoint of S3 for tasks, and for distributed Maps, which read items and write results there
  AWS_ENDPOINT_URL          endpoint of all services whose variable is not set

example: aws --endpoint-url http://127.0.0.1:8083 stepfunctions list-state-machines`;

const options = readOptions();
if (options.help) console.log(helpText);
else await serve(options.port ?? process.env.PORT ?? '8083', options.directory);

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        directory: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error} (--help shows the options)`);
  }
}

async function serve(portText: string, directory: string | undefined): Promise<void> {
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) fail(`invalid port ${portText}`);
  const service = await createStatesService({
    ...(directory === undefined ? {} : { directory }),
    endpoints: endpointsOf(process.env),
  }).catch((error: Error) => fail(error.message));
  const server = createServer((request, response) => {
    if (isFromThisMachine(request)) {
      service.handle(request, response);
      return;
    }
    const body = { __type: 'AccessDenied', message: 'This service serves only programs on this machine' };
    request.resume();
    response.writeHead(403, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    fail(
      error.code === 'EADDRINUSE'
        ? `port ${port} is in use; choose another with --port or the variable PORT`
        : error.message,
    );
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    const actual = typeof address === 'object' && address ? address.port : port;
    console.log(`Step Functions is ready at http://127.0.0.1:${actual}`);
  });
  const stop = () => {
    console.log('Step Functions has stopped');
    server.close();
    server.closeAllConnections();
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(message: string): never {
  console.error(`step-functions-local: ${message}`);
  process.exit(1);
}
