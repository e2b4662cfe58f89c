import { join } from 'node:path';
import { startDynamoDb } from '../storage/dynamodb.ts';
import { startObjectStorage } from '../storage/object-storage.ts';
import type { CloudContext } from './context.ts';

/** Starts DynamoDB, S3, and SNS with SQS. */
export async function startStores({
  account,
  directory,
  observer,
  serve,
  defer,
}: CloudContext): Promise<void> {
  const startingTables = startDynamoDb(join(directory, 'dynamodb'), observer.tableWritten);
  const startingObjects = startObjectStorage(join(directory, 'storage'), account, observer);
  defer(async () => (await startingTables).close());
  defer(async () => (await startingObjects).s3.close());
  const [dynamodb, { s3, messaging }] = await Promise.all([startingTables, startingObjects]);
  serve('dynamodb', dynamodb);
  serve('s3', s3);
  for (const name of ['sns', 'sqs', 'sts']) serve(name, messaging);
}
