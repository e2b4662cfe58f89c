/** Opens the SQLite file of the service. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareTables } from './schema.ts';

/** SQLite's name for a temporary database: what its cache cannot hold goes to a file that ends with the process. */
const temporary = '';
const cacheKilobytes = 16_000;

/**
 * Opens `states.sqlite` in a directory, which it creates if missing, or a database that ends with the process. With the
 * write-ahead log, commits survive the process without a sync for each; only a power cut can lose the last ones. The file is
 * locked, since two engines would run the same executions twice. Throws when another service has it.
 */
export function openDatabase(directory: string | undefined): DatabaseSync {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(directory === undefined ? temporary : join(directory, 'states.sqlite'));
  const journal = directory === undefined ? 'MEMORY' : 'WAL';
  const synchronous = directory === undefined ? 'OFF' : 'NORMAL';
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec(
      `PRAGMA journal_mode = ${journal}; PRAGMA synchronous = ${synchronous}; PRAGMA cache_size = -${cacheKilobytes};`,
    );
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
    // SQLite has rolled back where the disk is full or can't be written.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
