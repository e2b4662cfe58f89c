import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { JobId } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate } from './conditional-update.ts';
import { wholeTable } from './whole-table.ts';

const Slot = z.object({ slot_of: z.string(), publish_at: z.iso.datetime() });

/**
 * The latest time for which a video of each series is scheduled: one item per series in the counters table. The key of a day is the date alone,
 * as its key, so this key has a prefix.
 */
export function publicationSlots(table: string, clock: () => number = Date.now) {
  const keyOf = (series: string) => ({ date: `schedule#${series}` });

  async function latestOf(series: string): Promise<z.infer<typeof Slot> | undefined> {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName: table, Key: keyOf(series), ConsistentRead: true }),
    );
    return Item && Slot.parse(Item);
  }

  return {
    /** Returns the latest time for which a video of the series is scheduled. */
    async latest(series: string): Promise<Date | undefined> {
      const slot = await latestOf(series);
      return slot && new Date(slot.publish_at);
    },

    /** Returns the latest one of each series, for an operator: it reads the whole table. */
    async all(): Promise<{ job_id: string; publish_at: string }[]> {
      const items = await wholeTable(table).items();
      return items.flatMap((item) => {
        const { data } = Slot.safeParse(item);
        return data ? [{ job_id: data.slot_of, publish_at: data.publish_at }] : [];
      });
    },

    /**
     * Reserves the next time of a series for a job. A repeated call returns the same time while it is ahead. Of several
     * simultaneous callers each gets another one.
     * @param nextAfter returns the first time after the latest one that is taken; undefined if none is needed
     */
    async reserve(
      series: string,
      jobId: JobId,
      nextAfter: (taken: Date | undefined) => Date | undefined,
    ): Promise<Date | undefined> {
      for (;;) {
        const now = clock();
        const latest = await latestOf(series);
        const taken = latest && new Date(latest.publish_at);
        if (taken && latest.slot_of === jobId && taken.getTime() > now) return taken;
        const at = nextAfter(taken);
        if (!at) return undefined;
        const isReserved = await conditionalUpdate(table, {
          Key: keyOf(series),
          UpdateExpression: 'SET slot_of = :job, publish_at = :at, updated_at = :now',
          ConditionExpression: latest ? 'publish_at = :seen' : 'attribute_not_exists(publish_at)',
          ExpressionAttributeValues: {
            ...{ ':job': jobId, ':at': at.toISOString(), ':now': new Date(now).toISOString() },
            ...(latest && { ':seen': latest.publish_at }),
          },
        });
        if (isReserved) return at;
      }
    },
  };
}
