/** Versions and aliases of state machines in the store. */

import type { DatabaseSync } from 'node:sqlite';

export interface VersionRecord {
  readonly arn: string;
  readonly number: number;
  readonly definition: string;
  readonly roleArn: string;
  readonly revisionId: string;
  readonly description: string | undefined;
  /** Milliseconds since the epoch. */
  readonly creationDate: number;
}

/** A version and the percentage of the executions that it gets. */
export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

export interface AliasRecord {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly routes: readonly Route[];
  readonly creationDate: number;
  readonly updateDate: number;
}

export interface Versions {
  find(arn: string): VersionRecord | undefined;
  /** Newest first. */
  list(machineArn: string): VersionRecord[];
  /** The number of the next version; those of deleted versions are not used again. */
  nextNumber(machineArn: string): number;
  put(machineArn: string, version: VersionRecord): void;
  remove(arn: string): void;
  findAlias(arn: string): AliasRecord | undefined;
  /** By name. */
  listAliases(machineArn: string): AliasRecord[];
  putAlias(machineArn: string, alias: AliasRecord): void;
  removeAlias(arn: string): void;
  /** Removes what belongs to a machine. */
  removeAll(machineArn: string): void;
}

export function openVersions(database: DatabaseSync): Versions {
  const find = database.prepare('SELECT body FROM versions WHERE arn = ? AND body IS NOT NULL');
  const list = database.prepare(
    'SELECT body FROM versions WHERE machine_arn = ? AND body IS NOT NULL ORDER BY number DESC',
  );
  const last = database.prepare('SELECT max(number) AS last FROM versions WHERE machine_arn = ?');
  const put = database.prepare('INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?)');
  const remove = database.prepare('UPDATE versions SET body = NULL WHERE arn = ?');
  const findAlias = database.prepare('SELECT body FROM aliases WHERE arn = ?');
  const listAliases = database.prepare('SELECT body FROM aliases WHERE machine_arn = ? ORDER BY arn');
  const putAlias = database.prepare('INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)');
  const removeAlias = database.prepare('DELETE FROM aliases WHERE arn = ?');
  const removeVersions = database.prepare('DELETE FROM versions WHERE machine_arn = ?');
  const removeAliases = database.prepare('DELETE FROM aliases WHERE machine_arn = ?');
  return {
    find: (arn) => parsed<VersionRecord>(find.get(arn)),
    list: (machineArn) => list.all(machineArn).flatMap((row) => parsed<VersionRecord>(row) ?? []),
    nextNumber: (machineArn) => Number(last.get(machineArn)?.last ?? 0) + 1,
    put: (machineArn, version) =>
      void put.run(version.arn, machineArn, version.number, JSON.stringify(version)),
    remove: (arn) => void remove.run(arn),
    findAlias: (arn) => parsed<AliasRecord>(findAlias.get(arn)),
    listAliases: (machineArn) => listAliases.all(machineArn).flatMap((row) => parsed<AliasRecord>(row) ?? []),
    putAlias: (machineArn, alias) => void putAlias.run(alias.arn, machineArn, JSON.stringify(alias)),
    removeAlias: (arn) => void removeAlias.run(arn),
    removeAll(machineArn) {
      removeVersions.run(machineArn);
      removeAliases.run(machineArn);
    },
  };
}

function parsed<T>(row: Record<string, unknown> | undefined): T | undefined {
  return row && (JSON.parse(String(row.body)) as T);
}
