import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './clients/dynamodb.ts';

export type TableUpdate = Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName'>;

/** Runs an update whose condition can fail; returns whether it held. */
export async function conditionalUpdate(table: string, update: TableUpdate): Promise<boolean> {
  try {
    await dynamodb.send(new UpdateCommand({ TableName: table, ...update }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
