import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './clients/dynamodb.ts';

type Update = Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName'>;

/** Runs updates of a table whose condition can fail; returns whether it held. */
export const conditionalUpdate =
  (table: string) =>
  async (update: Update): Promise<boolean> => {
    try {
      await dynamodb.send(new UpdateCommand({ TableName: table, ...update }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
