/** Tables of the store. A definition's text is kept once, however many executions started with it. */

export const SCHEMA = `
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
