/** `make states`: the Step Functions service alone, on a port of this machine. */

import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { isFromThisMachine, notFromHere } from './services/gateway/loopback.ts';
import { refuse } from './services/gateway/refusal.ts';
import { createStatesService } from './states/index.ts';

const HELP = `Step Functions on this machine, with its own Amazon States Language engine.

usage: node local/states.ts [--directory DIR] [--help]

  --directory DIR   keep machines and executions in DIR (default: in memory)

environment:
  PORT                      port on 127.0.0.1 (default 8083)
  AWS_ENDPOINT_URL_LAMBDA   where tasks find Lambda
  AWS_ENDPOINT_URL_SQS      where tasks find SQS
  AWS_ENDPOINT_URL_DYNAMODB where tasks find DynamoDB
  AWS_ENDPOINT_URL_S3       where distributed Maps read items and write results
  AWS_ENDPOINT_URL          for all of them, where the others are not set

example: aws --endpoint-url http://127.0.0.1:8083 stepfunctions list-state-machines`;

const options = readOptions();
if (options.help) console.log(HELP);
else await serve(options.directory);

function readOptions(): { directory?: string | undefined; help?: boolean | undefined } {
  try {
    return parseArgs({ options: { directory: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
      .values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error} (--help shows the options)`);
  }
}

async function serve(directory: string | undefined): Promise<void> {
  const port = Number(process.env.PORT ?? 8083);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`PORT=${process.env.PORT} is no port number`);
  const shared = process.env.AWS_ENDPOINT_URL;
  const service = await createStatesService({
    ...(directory === undefined ? {} : { directory }),
    endpoints: {
      lambda: process.env.AWS_ENDPOINT_URL_LAMBDA ?? shared,
      sqs: process.env.AWS_ENDPOINT_URL_SQS ?? shared,
      dynamodb: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? shared,
      s3: process.env.AWS_ENDPOINT_URL_S3 ?? shared,
    },
  }).catch((error: Error) => fail(error.message));
  const server = createServer((request, response) => {
    if (isFromThisMachine(request)) service.handle(request, response);
    else refuse(request, response, notFromHere());
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    fail(error.code === 'EADDRINUSE' ? `port ${port} is in use; PORT=… chooses another` : error.message);
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    const actual = typeof address === 'object' && address ? address.port : port;
    console.log(`states: Step Functions is ready at http://127.0.0.1:${actual}`);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(message: string): never {
  console.error(`states: ${message}`);
  process.exit(1);
}
