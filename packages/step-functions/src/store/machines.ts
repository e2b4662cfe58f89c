/** State machines in the store. */

import type { DatabaseSync } from 'node:sqlite';
import type { Definitions } from './definitions.ts';
import type { MachineRecord } from './records.ts';

export interface Machines {
  find(arn: string): MachineRecord | undefined;
  put(machine: MachineRecord): void;
  remove(arn: string): void;
  /** ARNs of those that are being deleted. */
  deleting(): string[];
  /** By name, `limit` of them from `offset`. */
  list(limit: number, offset: number): MachineRecord[];
}

const select = `SELECT arn, name, d.text AS definition, role_arn AS roleArn, creation_date AS creationDate,
  update_date AS updateDate, revision_id AS revisionId, tags, type, settings, deleting FROM machines m JOIN definitions d ON d.id = m.definition`;

export function openMachines(database: DatabaseSync, definitions: Definitions): Machines {
  const find = database.prepare(`${select} WHERE arn = ?`);
  const list = database.prepare(`${select} ORDER BY name LIMIT ? OFFSET ?`);
  const put = database.prepare('INSERT OR REPLACE INTO machines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM machines WHERE arn = ?');
  const deleting = database.prepare('SELECT arn FROM machines WHERE deleting = 1');
  return {
    find(arn) {
      const row = find.get(arn);
      return row && fromRow(row);
    },
    put(machine) {
      put.run(
        machine.arn,
        machine.name,
        definitions.keep(machine.definition),
        machine.roleArn,
        machine.creationDate,
        machine.updateDate,
        machine.revisionId,
        JSON.stringify(machine.tags),
        machine.type,
        JSON.stringify(machine.settings),
        machine.deleting ?? null,
      );
    },
    remove(arn) {
      remove.run(arn);
    },
    deleting: () => deleting.all().map(({ arn }) => String(arn)),
    list: (limit, offset) => list.all(limit, offset).map(fromRow),
  };
}

function fromRow(row: Record<string, unknown>): MachineRecord {
  const { tags, settings } = row;
  const parsed = { tags: JSON.parse(String(tags)), settings: JSON.parse(String(settings)) };
  return { ...row, ...parsed } as unknown as MachineRecord;
}
