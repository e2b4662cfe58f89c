/** The SQLite file behind the service. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

/**
 * Opens `states.sqlite` in a directory, made where it is missing, or a database in memory. With the write-ahead log, what
 * is committed outlives the process even without a sync for every commit; only a power cut may lose the last ones.
 */
export function openDatabase(directory: string | undefined): DatabaseSync {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(directory === undefined ? ':memory:' : join(directory, 'states.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
  database.exec(SCHEMA);
  return database;
}
