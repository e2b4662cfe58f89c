/** Opens the SQLite file of the service. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareTables } from './schema.ts';

/**
 * Opens `states.sqlite` in a directory, which it creates if missing, or a database in memory. With the write-ahead log,
 * commits survive the process without a sync for each; only a power cut can lose the last ones. The file is locked,
 * since two engines would run the same executions twice. Throws when another service has it.
 */
export function openDatabase(directory: string | undefined): DatabaseSync {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(directory === undefined ? ':memory:' : join(directory, 'states.sqlite'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    prepareTables(database);
  } catch (error) {
    database.close();
    if (String(error).includes('database is locked')) {
      throw new Error(`${directory} is in use by another Step Functions service`);
    }
    throw error;
  }
  return database;
}

/** Stores all changes of `change`, or none. */
export function transaction(database: DatabaseSync, change: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    change();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
