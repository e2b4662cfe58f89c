import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { JobId } from '../domain/job.ts';
import type { RunCounts } from '../domain/run-limits.ts';
import { dynamodb } from './clients/dynamodb.ts';

const ids = z.set(z.string()).default(new Set());
const Run = z.object({ failed: ids, held: ids });

/**
 * Counts that the lanes of a run share: one item per run in the counters table. The key of a day is the date alone, so this
 * key has a prefix. The items hold the ids of jobs, so that a repeated call counts once.
 */
export function runRecord(table: string) {
  const keyOf = (run: string) => ({ date: `run#${run}` });

  async function update(run: string, expression: string, job?: JobId): Promise<void> {
    await dynamodb.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(run),
        UpdateExpression: `SET updated_at = :now ${expression}`,
        ExpressionAttributeValues: {
          ':now': new Date().toISOString(),
          ...(job !== undefined && { ':jobs': new Set([job]) }),
        },
      }),
    );
  }

  return {
    addFailed: (run: string, job: JobId) => update(run, 'ADD failed :jobs', job),
    addHeld: (run: string, job: JobId) => update(run, 'ADD held :jobs', job),
    /** A chapter was published, so the chapters that were held before it are not in a row with the next ones. */
    clearHeld: (run: string) => update(run, 'REMOVE held'),

    async counts(run: string): Promise<RunCounts> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: keyOf(run), ConsistentRead: true }),
      );
      const { failed, held } = Run.parse(Item ?? {});
      return { failures: failed.size, held: held.size };
    },
  };
}
