import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { JobId } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';

const Counted = z.object({ count: z.number().int().nonnegative().default(0) });

/** The counters table: one item a quota day, with the ids of the jobs that it counts. */
export function dailyCounter(table: string) {
  async function count(day: string): Promise<number> {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName: table, Key: { date: day }, ConsistentRead: true }),
    );
    return Counted.parse(Item ?? {}).count;
  }

  return {
    /** Videos counted on a day, `YYYY-MM-DD`. */
    count,

    /** Counts a job on a day unless it is counted there already; answers the day's count. */
    async countOnce(day: string, jobId: JobId): Promise<number> {
      try {
        const { Attributes } = await dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key: { date: day },
            UpdateExpression: 'ADD #count :one, job_ids :jobs SET updated_at = :now',
            ConditionExpression: 'NOT contains(job_ids, :job)',
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: {
              ':one': 1,
              ':jobs': new Set([jobId]),
              ':job': jobId,
              ':now': new Date().toISOString(),
            },
            ReturnValues: 'UPDATED_NEW',
          }),
        );
        return Counted.parse(Attributes).count;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return count(day);
        throw error;
      }
    },
  };
}
