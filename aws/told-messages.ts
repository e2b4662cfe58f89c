import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './clients/dynamodb.ts';

/**
 * The messages that were sent to the operator: one item for each in the counters table. The key of a day is the date alone, so
 * this key has a prefix.
 */
export function toldMessages(table: string) {
  const keyOf = (message: string) => ({ date: `told#${message}` });

  return {
    /** Returns whether a message was recorded as sent. */
    async isTold(message: string): Promise<boolean> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: keyOf(message), ConsistentRead: true }),
      );
      return Item !== undefined;
    },

    /** Records that a message was sent. */
    async markTold(message: string): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(message),
          UpdateExpression: 'SET #count = :one, updated_at = :now',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: { ':one': 1, ':now': new Date().toISOString() },
        }),
      );
    },
  };
}
