import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { JobId } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate } from './conditional-update.ts';

/** The job that took a series, and when (ISO 8601). */
const Owner = z.object({ job_id: z.string(), taken_at: z.string() });
export type SeriesOwner = z.infer<typeof Owner>;

/**
 * The job that works on each series: one item per series in the counters table. The key of a day is the date alone, so this
 * key has a prefix.
 */
export function seriesClaims(table: string, clock: () => number = Date.now) {
  const keyOf = (series: string) => ({ date: `series#${series}` });

  async function ownerOf(series: string): Promise<SeriesOwner | undefined> {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName: table, Key: keyOf(series), ConsistentRead: true }),
    );
    return Owner.safeParse(Item).data;
  }

  return {
    /**
     * Takes a series for a job; false while the job that has it is at work, and for all but one of several simultaneous
     * callers. A series needs no release after a job: its owner is asked, however the job ended.
     */
    async take(
      series: string,
      jobId: JobId,
      isAtWork: (owner: SeriesOwner) => Promise<boolean>,
    ): Promise<boolean> {
      const owner = await ownerOf(series);
      if (owner && owner.job_id !== jobId && (await isAtWork(owner))) return false;
      return conditionalUpdate(table, {
        Key: keyOf(series),
        UpdateExpression: 'SET job_id = :job, taken_at = :now, updated_at = :now',
        ConditionExpression: owner ? 'job_id = :owner AND taken_at = :seen' : 'attribute_not_exists(job_id)',
        ExpressionAttributeValues: {
          ':job': jobId,
          ':now': new Date(clock()).toISOString(),
          ...(owner && { ':owner': owner.job_id, ':seen': owner.taken_at }),
        },
      });
    },

    /** Gives back a series from which the job got no chapter; does nothing if another job has it. */
    async release(series: string, jobId: JobId): Promise<void> {
      await conditionalUpdate(table, {
        Key: keyOf(series),
        UpdateExpression: 'SET updated_at = :now REMOVE job_id, taken_at',
        ConditionExpression: 'job_id = :job',
        ExpressionAttributeValues: { ':job': jobId, ':now': new Date(clock()).toISOString() },
      });
    },
  };
}
