/// <reference path="./dynalite.d.ts" />
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AwsError, asAwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/body.ts';
import { targetOperation } from '../protocol/json-operations.ts';
import { replay } from '../protocol/replay.ts';
import { sendJsonError } from '../protocol/responses.ts';
import type { Service } from '../service.ts';
import { closeIteratorsAtTheirEnd } from './closed-iterators.ts';
import { correctDescription, describing } from './table-descriptions.ts';

/** Operations of dynalite; it has no transactions, TTL or PartiQL. */
const operations = new Set(
  (
    'BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeTable DescribeTimeToLive GetItem ' +
    'ListTables ListTagsOfResource PutItem Query Scan TagResource UntagResource UpdateItem UpdateTable'
  ).split(' '),
);

/** DynamoDB's limit for a request, 16 MB. */
const maxRequest = 16 * 1024 * 1024;

/** Milliseconds that requests get to end when the service closes. */
const maxWait = 1000;

/** Operations on one item, which observers are notified of. */
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * Starts DynamoDB (dynalite) with its tables in LevelDB below the directory. `onWrite` is called with tables whose
 * items changed.
 */
export async function startDynamoDb(
  directory: string,
  onWrite: (table: string) => void = () => {},
): Promise<Service> {
  const { default: dynalite } = await import('dynalite');
  closeIteratorsAtTheirEnd();
  const server = dynalite({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const socket = await listenUnseen(server);
  const inFlight = new Set<Promise<void>>();
  let closing = false;
  return {
    async handle(request, response) {
      try {
        const body = await readBody(request, maxRequest);
        if (closing) throw new AwsError('ServiceUnavailable', 'The local cloud is stopping', 503);
        const name = targetOperation(request);
        if (!operations.has(name)) throw notInTheLocalCloud(`dynamodb:${name}`);
        if (writes.has(name))
          response.once('finish', () => response.statusCode === 200 && onWrite(tableIn(body)));
        if (describing.has(name)) correctDescription(response);
        // dynalite throws uncatchable errors when a client disconnects during a request, as a killed Lambda does.
        // Therefore it gets the whole request, read in advance.
        const ended = endOf(response);
        inFlight.add(ended);
        void ended.then(() => inFlight.delete(ended));
        server.emit('request', replay(request, body), response);
      } catch (error) {
        sendJsonError(response, asAwsError(error));
      }
    },
    async close() {
      closing = true;
      // dynalite throws an uncatchable error when its database closes during a request, also one whose client is gone.
      await Promise.race([Promise.all(inFlight), setTimeout(maxWait, undefined, { ref: false })]);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(socket, { recursive: true, force: true });
    },
  };
}

/** Resolves when a response is ended, even if its client has disconnected. */
function endOf(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = (...args: unknown[]) => {
      resolve();
      return end(...args);
    };
  });
}

/** Returns the table of a request that succeeded. */
function tableIn(body: Buffer): string {
  const { TableName = '' } = JSON.parse(body.toString()) as { TableName?: string };
  return TableName;
}

/** Listens on a socket file, because dynalite only closes its database together with a listening server. */
async function listenUnseen(server: Server): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'local-dynamodb-'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(join(directory, 'socket'), resolve);
  });
  return directory;
}
