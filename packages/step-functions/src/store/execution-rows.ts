/** Maps rows of the executions table to records. */

import type { ExecutionRecord } from './records.ts';

/** Columns that are set once, then columns that change, by field name. */
const fixed = {
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
  versionArn: 'version_arn',
  aliasArn: 'alias_arn',
  traceHeader: 'trace_header',
} as const;
const changing = {
  status: 'status',
  stopDate: 'stop_date',
  output: 'output',
  error: 'error',
  cause: 'cause',
  redriveCount: 'redrive_count',
  redriveDate: 'redrive_date',
  eventCount: 'event_count',
} as const;
const columns = { ...fixed, ...changing };
const fields = Object.keys(columns) as (keyof typeof columns)[];
const changingFields = Object.keys(changing) as (keyof typeof changing)[];
const names = Object.values(columns);
const selected = fields.map((field) =>
  field === 'definition' ? 'd.text AS definition' : `${columns[field]} AS ${field}`,
);
export const selectRows = `SELECT ${selected.join(', ')} FROM executions e JOIN definitions d ON d.id = e.definition`;
/** Fields that can be large, and that lists do not show. */
type Data = 'definition' | 'input' | 'output' | 'cause';
const data: readonly string[] = ['definition', 'input', 'output', 'cause'] satisfies Data[];
export type ExecutionSummary = Omit<ExecutionRecord, Data>;
const shown = fields.filter((field) => !data.includes(field)).map((field) => `${columns[field]} AS ${field}`);
export const selectSummaries = `SELECT ${shown.join(', ')},
  octet_length(input) + ifnull(octet_length(output), 0) AS dataBytes FROM executions`;
export const insertRow = `INSERT INTO executions (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
export const updateRow = `UPDATE executions SET ${Object.values(changing)
  .map((name) => `${name} = ?`)
  .join(', ')} WHERE key = ?`;

/** Returns the values for updateRow; columns that never change are not bound. */
export function toChange(record: ExecutionRecord) {
  return [...changingFields.map((field) => record[field] ?? null), record.key];
}

export function toRow(record: ExecutionRecord, definition: string) {
  return fields.map((field) => (field === 'definition' ? definition : (record[field] ?? null)));
}

/** Omits the fields whose columns are NULL. */
export function fromRow<T = ExecutionRecord>(row: Record<string, unknown>): T {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return { type: 'STANDARD', ...Object.fromEntries(known) } as T;
}
