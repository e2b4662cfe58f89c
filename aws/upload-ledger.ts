import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { QuotaEntry, QuotaSpent } from '../domain/youtube-quota.ts';
import { dynamodb } from './clients/dynamodb.ts';

const Item = z.object({
  uploads: z.number().int().nonnegative().default(0),
  units: z.number().int().nonnegative().default(0),
  calls: z.set(z.string()).default(new Set<string>()),
  closed_for: z.string().optional(),
});

/**
 * Usage of YouTube's two allowances, one item per day in the counters table. The key of the count of videos is the date alone,
 * so this key has a prefix.
 */
export function uploadLedger(table: string) {
  const keyOf = (day: string) => ({ date: `youtube#${day}` });

  async function read(day: string) {
    const found = await dynamodb.send(
      new GetCommand({ TableName: table, Key: keyOf(day), ConsistentRead: true }),
    );
    return Item.parse(found.Item ?? {});
  }

  return {
    async spent(day: string): Promise<QuotaSpent> {
      const { uploads, units, closed_for } = await read(day);
      return { uploads, units, ...(closed_for !== undefined && { closed: closed_for }) };
    },

    /** Records that YouTube accepts no more on this day, for a reason that our counts do not show. */
    async close(day: string, reason: string): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(day),
          UpdateExpression: 'SET closed_for = :reason, updated_at = :now',
          ExpressionAttributeValues: { ':reason': reason, ':now': new Date().toISOString() },
        }),
      );
    },

    /** Records a call before it is made; false, without recording it, when the allowance has no room for it. */
    async spend({ day, bucket, cost, call, allowance }: QuotaEntry): Promise<boolean> {
      try {
        await dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(day),
            UpdateExpression: 'ADD #bucket :cost, calls :calls SET updated_at = :now',
            ConditionExpression:
              ':cost <= :allowance AND NOT contains(calls, :call) AND (attribute_not_exists(#bucket) OR #bucket <= :room)',
            ExpressionAttributeNames: { '#bucket': bucket },
            ExpressionAttributeValues: {
              ':cost': cost,
              ':calls': new Set([call]),
              ':call': call,
              ':allowance': allowance,
              ':room': allowance - cost,
              ':now': new Date().toISOString(),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return (await read(day)).calls.has(call);
        throw error;
      }
    },
  };
}
