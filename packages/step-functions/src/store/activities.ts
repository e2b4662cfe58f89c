/** Activities in the store. */

import type { DatabaseSync } from 'node:sqlite';

interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly creationDate: number;
}

export interface ActivityStore {
  find(arn: string): ActivityRecord | undefined;
  add(activity: ActivityRecord): void;
  remove(arn: string): void;
  /** By name, `limit` of them from `offset`. */
  list(limit: number, offset: number): ActivityRecord[];
}

const select = 'SELECT arn, name, creation_date AS creationDate FROM activities';

export function openActivities(database: DatabaseSync): ActivityStore {
  const find = database.prepare(`${select} WHERE arn = ?`);
  const list = database.prepare(`${select} ORDER BY name LIMIT ? OFFSET ?`);
  const add = database.prepare('INSERT INTO activities VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM activities WHERE arn = ?');
  return {
    find: (arn) => find.get(arn) as ActivityRecord | undefined,
    add: ({ arn, name, creationDate }) => void add.run(arn, name, creationDate),
    remove: (arn) => void remove.run(arn),
    list: (limit, offset) => list.all(limit, offset) as unknown as ActivityRecord[],
  };
}
