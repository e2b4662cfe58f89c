/** Maps rows of the executions table to records. */

import type { ExecutionRecord } from './records.ts';

/** Columns that are set once, then columns that change, by field name. */
const FIXED = {
  key: 'key',
  arn: 'arn',
  name: 'name',
  machineArn: 'machine_arn',
  machineName: 'machine_name',
  roleArn: 'role_arn',
  definition: 'definition',
  input: 'input',
  startDate: 'start_date',
  startedBy: 'started_by',
  mapRun: 'map_run',
  flow: 'flow',
  position: 'position',
  itemCount: 'item_count',
  imported: 'imported',
} as const;
const CHANGING = {
  status: 'status',
  stopDate: 'stop_date',
  output: 'output',
  error: 'error',
  cause: 'cause',
  redriveCount: 'redrive_count',
  redriveDate: 'redrive_date',
  eventCount: 'event_count',
} as const;
const COLUMNS = { ...FIXED, ...CHANGING };
const FIELDS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const CHANGING_FIELDS = Object.keys(CHANGING) as (keyof typeof CHANGING)[];
const NAMES = Object.values(COLUMNS);
const SELECTED = FIELDS.map((field) =>
  field === 'definition' ? 'd.text AS definition' : `${COLUMNS[field]} AS ${field}`,
);
export const SELECT = `SELECT ${SELECTED.join(', ')} FROM executions e JOIN definitions d ON d.id = e.definition`;
export const INSERT = `INSERT INTO executions (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})`;
export const UPDATE = `UPDATE executions SET ${Object.values(CHANGING)
  .map((name) => `${name} = ?`)
  .join(', ')} WHERE key = ?`;

/** Returns the values for UPDATE; columns that never change are not bound. */
export function toChange(record: ExecutionRecord) {
  return [...CHANGING_FIELDS.map((field) => record[field] ?? null), record.key];
}

export function toRow(record: ExecutionRecord, definition: string) {
  return FIELDS.map((field) => (field === 'definition' ? definition : (record[field] ?? null)));
}

/** Omits the fields whose columns are NULL. */
export function fromRow(row: Record<string, unknown>): ExecutionRecord {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return { type: 'STANDARD', ...Object.fromEntries(known) } as unknown as ExecutionRecord;
}
