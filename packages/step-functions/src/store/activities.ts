/** Activities in the store. */

import type { DatabaseSync } from 'node:sqlite';

interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly creationDate: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ActivityStore {
  find(arn: string): ActivityRecord | undefined;
  /** Adds or replaces an activity. */
  put(activity: ActivityRecord): void;
  remove(arn: string): void;
  /** By name, `limit` of them from `offset`. */
  list(limit: number, offset: number): ActivityRecord[];
}

const select = 'SELECT arn, name, creation_date AS creationDate, tags FROM activities';

export function openActivities(database: DatabaseSync): ActivityStore {
  const find = database.prepare(`${select} WHERE arn = ?`);
  const list = database.prepare(`${select} ORDER BY name LIMIT ? OFFSET ?`);
  const put = database.prepare('INSERT OR REPLACE INTO activities VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM activities WHERE arn = ?');
  return {
    find(arn) {
      const row = find.get(arn);
      return row && fromRow(row);
    },
    put: ({ arn, name, creationDate, tags }) => void put.run(arn, name, creationDate, JSON.stringify(tags)),
    remove: (arn) => void remove.run(arn),
    list: (limit, offset) => list.all(limit, offset).map(fromRow),
  };
}

function fromRow(row: Record<string, unknown>): ActivityRecord {
  return { ...row, tags: JSON.parse(String(row.tags)) } as unknown as ActivityRecord;
}
