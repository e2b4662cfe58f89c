/** Map runs in the store: their records, and the items without a child. */

import type { DatabaseSync } from 'node:sqlite';
import { redrivableEvents } from '../history.ts';
import { transaction } from './database.ts';
import type { MapRunRecord } from './records.ts';

const unsuccessful = "status IN ('FAILED', 'TIMED_OUT', 'ABORTED')";
/** The status of a child, which differs from that of its record while it waits for a redrive (`awaitsRedrive`). */
export const childStatus = `CASE WHEN ${unsuccessful} AND position > :redrivenTo AND event_count < ${redrivableEvents}
  THEN 'PENDING_REDRIVE' ELSE status END`;

export interface MapItem {
  readonly position: number;
  /** More than one with ItemBatcher. */
  readonly itemCount: number;
  /** JSON text. */
  readonly input: string;
}

export interface ChildCount {
  readonly status: string;
  readonly executions: number;
  readonly items: number;
}

export interface MapRuns {
  find(arn: string): MapRunRecord | undefined;
  put(record: MapRunRecord): void;
  /** Map runs of an execution, newest first. */
  list(execution: number, limit: number, offset: number): MapRunRecord[];
  addItems(arn: string, items: readonly MapItem[]): void;
  removeItems(arn: string): void;
  /** Items after a position, in order. */
  items(arn: string, after: number, limit: number): MapItem[];
  /** Number of items that wait for a child, and of the children they need. */
  waiting(arn: string): { executions: number; items: number };
  /** Number of children by status. */
  counts(run: Pick<MapRunRecord, 'arn' | 'redrivenTo'>): ChildCount[];
  /** Number of unsuccessful children whose histories are too long for a redrive. */
  notRedrivable(arn: string): { executions: number; items: number };
  /** Outputs of the children that succeeded, in the order of their items. */
  outputs(arn: string): Iterable<string>;
}

export function openMapRuns(database: DatabaseSync): MapRuns {
  const find = database.prepare('SELECT body FROM map_runs WHERE arn = ?');
  const put = database.prepare('INSERT OR REPLACE INTO map_runs VALUES (?, ?, ?)');
  const list = database.prepare(
    "SELECT body FROM map_runs WHERE execution = ? ORDER BY body ->> 'startDate' DESC, arn LIMIT ? OFFSET ?",
  );
  const addItem = database.prepare('INSERT OR REPLACE INTO map_items VALUES (?, ?, ?, ?)');
  const removeItems = database.prepare('DELETE FROM map_items WHERE map_run = ?');
  const items = database.prepare(
    `SELECT position, item_count AS itemCount, input FROM map_items WHERE map_run = ? AND position > ?
     ORDER BY position LIMIT ?`,
  );
  const waiting = database.prepare(
    'SELECT count(*) AS executions, total(item_count) AS items FROM map_items WHERE map_run = ?',
  );
  const counts = database.prepare(
    `SELECT ${childStatus} AS shown, count(*) AS executions, total(item_count) AS items FROM executions
     WHERE map_run = :arn GROUP BY shown`,
  );
  const notRedrivable = database.prepare(
    `SELECT count(*) AS executions, total(item_count) AS items FROM executions
     WHERE map_run = ? AND ${unsuccessful} AND event_count >= ${redrivableEvents}`,
  );
  const outputs = database.prepare(
    "SELECT output FROM executions WHERE map_run = ? AND status = 'SUCCEEDED' ORDER BY position",
  );
  const parsed = (row: Record<string, unknown>) => JSON.parse(String(row.body)) as MapRunRecord;
  return {
    find(arn) {
      const row = find.get(arn);
      return row && parsed(row);
    },
    put: (record) => void put.run(record.arn, record.execution, JSON.stringify(record)),
    list: (execution, limit, offset) => list.all(execution, limit, offset).map(parsed),
    addItems: (arn, added) =>
      transaction(database, () => {
        for (const { position, itemCount, input } of added) addItem.run(arn, position, itemCount, input);
      }),
    removeItems: (arn) => void removeItems.run(arn),
    items: (arn, after, limit) => items.all(arn, after, limit) as unknown as MapItem[],
    waiting: (arn) => waiting.get(arn) as { executions: number; items: number },
    counts: ({ arn, redrivenTo = null }) =>
      counts
        .all({ arn, redrivenTo })
        .map(({ shown, executions, items }) => ({ status: shown, executions, items }) as ChildCount),
    notRedrivable: (arn) => notRedrivable.get(arn) as { executions: number; items: number },
    *outputs(arn) {
      for (const row of outputs.iterate(arn)) yield String(row.output);
    },
  };
}
