/** The tables of the local cloud and their items, read as any client of DynamoDB reads them. */

import type { CloudAccess } from '../../cloud-access.ts';
import { plainItem } from '../../item.ts';
import type { Listing, Page } from '../listing.ts';

export interface ShownTable {
  name: string;
  /** Names of the attributes of its key. */
  keys: string[];
  items: number;
}

export type Item = Record<string, unknown>;

export type ItemPage = Page<Item> & {
  keys: string[];
  /** Attributes with simple values: the keys, then the most frequent ones. */
  columns: string[];
};

/** Number of attributes that are shown as columns; an opened item has all. */
const mostColumns = 8;
/** Field of an attribute in the address, apart from the names that all lists have. */
const fieldOf = (attribute: string): string => `item.${attribute}`;

export function tablesModel(access: CloudAccess) {
  async function keysOf(TableName: string): Promise<string[]> {
    const { Table } = await access.dynamodb<{ Table: { KeySchema: { AttributeName: string }[] } }>(
      'DescribeTable',
      { TableName },
    );
    return Table.KeySchema.map(({ AttributeName }) => AttributeName);
  }

  /** Counts the items of a table, since the count in its description can be hours old. */
  async function count(TableName: string): Promise<number> {
    let items = 0;
    for await (const { Count } of access.scanned(TableName, { Select: 'COUNT' })) items += Count;
    return items;
  }

  return {
    async list(): Promise<ShownTable[]> {
      const { TableNames } = await access.dynamodb<{ TableNames: string[] }>('ListTables', {});
      return Promise.all(
        TableNames.map(async (name) => ({ name, keys: await keysOf(name), items: await count(name) })),
      );
    },

    /** Returns the items whose key begins with a prefix, in the order of their keys. */
    async items(name: string, prefix: string): Promise<{ keys: string[]; items: Item[]; total: number }> {
      const keys = await keysOf(name);
      const filter = prefix && {
        FilterExpression: 'begins_with(#key, :prefix)',
        ExpressionAttributeNames: { '#key': keys[0] },
        ExpressionAttributeValues: { ':prefix': { S: prefix } },
      };
      const items: Item[] = [];
      for await (const { Items } of access.scanned(name, { ...filter })) items.push(...Items.map(plainItem));
      const keyOf = (item: Item) => keys.map((key) => String(item[key])).join('\n');
      items.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
      return { keys, items, total: prefix ? await count(name) : items.length };
    },
  };
}

/** Returns the attributes that are shown as columns. */
export function columnsOf(items: readonly Item[], keys: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items)
    for (const [name, value] of Object.entries(item))
      if (typeof value !== 'object') counts.set(name, (counts.get(name) ?? 0) + 1);
  const others = [...counts.keys()].filter((name) => !keys.includes(name));
  others.sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
  return [...keys, ...others.slice(0, mostColumns - keys.length)];
}

/** Properties by which items can be searched and ordered. */
export const itemListing = (columns: readonly string[]): Listing<Item> => ({
  fields: Object.fromEntries(
    columns.map((name) => [
      fieldOf(name),
      ({ [name]: value }: Item) =>
        typeof value === 'number' || typeof value === 'string'
          ? value
          : value === undefined
            ? value
            : String(value),
    ]),
  ),
  text: (item) => JSON.stringify(item),
  time: () => 0,
  choices: [],
});
