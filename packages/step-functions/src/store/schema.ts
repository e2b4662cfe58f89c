/** Tables of the store. A definition's text is stored once for all its executions. */

import type { DatabaseSync } from 'node:sqlite';

const tables = `
  CREATE TABLE IF NOT EXISTS definitions (id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS machines (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, definition TEXT NOT NULL, role_arn TEXT NOT NULL,
    creation_date INTEGER NOT NULL, update_date INTEGER NOT NULL, revision_id TEXT NOT NULL, tags TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS executions (
    key INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL, machine_arn TEXT NOT NULL,
    machine_name TEXT NOT NULL, role_arn TEXT NOT NULL, definition TEXT NOT NULL, input TEXT NOT NULL,
    start_date INTEGER NOT NULL, status TEXT NOT NULL, stop_date INTEGER, output TEXT, error TEXT, cause TEXT,
    redrive_count INTEGER NOT NULL, redrive_date INTEGER, event_count INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS executions_of_machine ON executions (machine_arn, key);
  CREATE INDEX IF NOT EXISTS executions_running ON executions (key) WHERE status = 'RUNNING';

  CREATE TABLE IF NOT EXISTS threads (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS events (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;
`;

/** Changes of later versions in order; user_version is the number of changes that a file has. */
const additions = [
  `
  ALTER TABLE machines ADD COLUMN type TEXT NOT NULL DEFAULT 'STANDARD';
  ALTER TABLE executions ADD COLUMN started_by TEXT;
  ALTER TABLE executions ADD COLUMN map_run TEXT;
  ALTER TABLE executions ADD COLUMN flow TEXT;
  ALTER TABLE executions ADD COLUMN position INTEGER;
  ALTER TABLE executions ADD COLUMN item_count INTEGER;
  ALTER TABLE executions ADD COLUMN imported INTEGER;
  CREATE INDEX executions_started_by ON executions (started_by) WHERE started_by IS NOT NULL;
  CREATE INDEX executions_of_map_run ON executions (map_run, position) WHERE map_run IS NOT NULL;

  CREATE TABLE map_runs (arn TEXT PRIMARY KEY, execution INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX map_runs_of_execution ON map_runs (execution);
  CREATE TABLE map_items (
    map_run TEXT NOT NULL, position INTEGER NOT NULL, item_count INTEGER NOT NULL, input TEXT NOT NULL,
    PRIMARY KEY (map_run, position)
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE executions ADD COLUMN announced TEXT;
  UPDATE executions SET announced = status || '#' || redrive_count;
  `,
  `
  CREATE TABLE versions (
    arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, number INTEGER NOT NULL, body TEXT
  ) WITHOUT ROWID;
  CREATE INDEX versions_of_machine ON versions (machine_arn, number);
  CREATE TABLE aliases (arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX aliases_of_machine ON aliases (machine_arn);
  ALTER TABLE executions ADD COLUMN version_arn TEXT;
  ALTER TABLE executions ADD COLUMN alias_arn TEXT;
  CREATE TABLE activities (arn TEXT PRIMARY KEY, name TEXT NOT NULL, creation_date INTEGER NOT NULL) WITHOUT ROWID;
  `,
  `
  ALTER TABLE activities ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE machines ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
  `,
  'ALTER TABLE executions ADD COLUMN trace_header TEXT;',
  `CREATE TABLE thread_values (
    execution INTEGER NOT NULL, thread INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (execution, thread, name)
  ) WITHOUT ROWID;`,
  'ALTER TABLE machines ADD COLUMN deleting INTEGER;',
];

/** Creates the tables or upgrades those of an earlier version. Throws for a file of a later version. */
export function prepareTables(database: DatabaseSync): void {
  database.exec(tables);
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > additions.length) throw new Error('the state was written by a later version of this service');
  for (const [index, addition] of additions.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${addition}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
