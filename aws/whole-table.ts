import { PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './clients/dynamodb.ts';

/** A table as a whole, for an operator who restores it; no function reads it like this. */
export function wholeTable(table: string) {
  return {
    async items(): Promise<Record<string, unknown>[]> {
      const all: Record<string, unknown>[] = [];
      const pages = paginateScan({ client: dynamodb }, { TableName: table, ConsistentRead: true });
      for await (const { Items = [] } of pages) all.push(...Items);
      return all;
    },

    async put(item: Record<string, unknown>): Promise<void> {
      await dynamodb.send(new PutCommand({ TableName: table, Item: item }));
    },
  };
}
