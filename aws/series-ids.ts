import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamodb } from './clients/dynamodb.ts';

const Known = z.object({ manga_id: z.string() });

/**
 * The ids of series by what a source calls them in its list, so that a chapter is opened once to find its series: one item for each in
 * the counters table. The key of a day is the date alone, so this key has a prefix.
 */
export function seriesIds(table: string) {
  const keyOf = (series: string) => ({ date: `series-id#${series}` });

  return {
    async find(series: string): Promise<string | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: keyOf(series), ConsistentRead: true }),
      );
      return Known.safeParse(Item).data?.manga_id;
    },

    async put(series: string, mangaId: string): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(series),
          UpdateExpression: 'SET manga_id = :id, updated_at = :now',
          ExpressionAttributeValues: { ':id': mangaId, ':now': new Date().toISOString() },
        }),
      );
    },
  };
}
