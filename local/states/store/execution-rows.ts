/** Rows of the table of executions, and the records that they stand for. */

import type { ExecutionRecord } from './records.ts';

/** The columns that are set once, and then those that change, by the name of their field. */
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
const NAMES = Object.values(COLUMNS);
const SELECTED = FIELDS.map((field) =>
  field === 'definition' ? 'd.text AS definition' : `${COLUMNS[field]} AS ${field}`,
);
export const SELECT = `SELECT ${SELECTED.join(', ')} FROM executions e JOIN definitions d ON d.id = e.definition`;
export const PUT = `INSERT INTO executions (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})
  ON CONFLICT (key) DO UPDATE SET ${Object.values(CHANGING)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

export function toRow(record: ExecutionRecord, definition: string) {
  return FIELDS.map((field) => (field === 'definition' ? definition : (record[field] ?? null)));
}

/** Columns without a value are fields that are not there. */
export function fromRow(row: Record<string, unknown>): ExecutionRecord {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return { type: 'STANDARD', ...Object.fromEntries(known) } as unknown as ExecutionRecord;
}
