import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { channelKey, mainChannel } from '../domain/channel.ts';
import type { JobId } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';

const ids = z.set(z.string()).default(new Set());
/** `slots` is the number of `holders`: conditions can compare a number, but not the size of a set plus one. */
const Day = z.object({
  count: z.number().int().nonnegative().default(0),
  job_ids: ids,
  slots: z.number().int().nonnegative().default(0),
  holders: ids,
  /** Every job that had a slot of the day, also if it was returned. */
  started: ids,
});

/**
 * The counters table: one item for each quota day of a channel. A job takes a slot of its day before it starts, and counts toward it
 * when it is published. There are as many slots as the quota, so no day exceeds it, whatever runs in parallel.
 */
export function dailyCounter(table: string, channel = mainChannel) {
  const keyOf = (day: string) => ({ date: channelKey(channel, day) });

  async function read(day: string): Promise<z.infer<typeof Day>> {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName: table, Key: keyOf(day), ConsistentRead: true }),
    );
    return Day.parse(Item ?? {});
  }

  /** Runs an update of a day's item; returns undefined when its condition does not hold. */
  async function updateIf(day: string, jobId: JobId, update: string, condition: string, more = {}) {
    try {
      const { Attributes } = await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(day),
          UpdateExpression: `${update} SET updated_at = :now`,
          ConditionExpression: condition,
          ...(update.includes('#count') && { ExpressionAttributeNames: { '#count': 'count' } }),
          ExpressionAttributeValues: {
            ...(update.includes(':one') && { ':one': 1 }),
            ':jobs': new Set([jobId]),
            ':job': jobId,
            ':now': new Date().toISOString(),
            ...more,
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Day.parse(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  return {
    /** Returns the videos counted on a day, `YYYY-MM-DD`. */
    count: async (day: string): Promise<number> => (await read(day)).count,

    /** Returns the slots of a day that are taken. */
    slots: async (day: string): Promise<number> => (await read(day)).slots,

    /** Returns every job that was started on a day, whatever became of it. */
    startedOn: async (day: string): Promise<JobId[]> => [...(await read(day)).started],

    /** Takes one of the day's `quota` slots for a job, unless it has one; false when all are taken. */
    async takeSlot(day: string, jobId: JobId, quota: number): Promise<boolean> {
      const free = 'NOT contains(holders, :job) AND (attribute_not_exists(slots) OR slots < :quota)';
      if (
        quota > 0 &&
        (await updateIf(day, jobId, 'ADD slots :one, holders :jobs, started :jobs', free, {
          ':quota': quota,
        }))
      )
        return true;
      return (await read(day)).holders.has(jobId);
    },

    holdsSlot: async (day: string, jobId: JobId): Promise<boolean> => (await read(day)).holders.has(jobId),

    /** Returns a job's slot unless the job was counted on it; does nothing if it has no slot. */
    async releaseSlot(day: string, jobId: JobId): Promise<void> {
      const unused = 'contains(holders, :job) AND NOT contains(job_ids, :job)';
      await updateIf(day, jobId, 'ADD slots :less DELETE holders :jobs', unused, { ':less': -1 });
    },

    /** Counts a job on a day unless it is already counted; returns the day's count. */
    async countOnce(day: string, jobId: JobId): Promise<number> {
      const count = 'ADD #count :one, job_ids :jobs';
      const first = 'NOT contains(job_ids, :job)';
      const counted =
        (await updateIf(day, jobId, count, `${first} AND contains(holders, :job)`)) ??
        // A job that was started by hand holds no slot; it takes one anyway, so that no other job gets it.
        (await updateIf(day, jobId, `${count}, slots :one, holders :jobs`, first)) ??
        (await read(day));
      return counted.count;
    },
  };
}
