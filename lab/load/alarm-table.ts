/** `make lab WHAT=alarms`: prints how each alarm reacts to a month of good days and one of faults. Exits with 1 when one is wrong. */

import { type AlarmRow, alarmRows, faultsWithoutAlarm, isInTime } from '../../stacks/testing/alarm-months.ts';
import { synthesize } from '../../stacks/testing/synthesized.ts';

const time = (seconds: number | undefined) =>
  seconds === undefined
    ? '-'
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;

const line = (...[alarm = '', fault = '', within = '', after = '', good = '', kind = '']: string[]) =>
  `${alarm.padEnd(40)}${fault.padEnd(44)}${within.padStart(9)}${after.padStart(9)}${good.padStart(11)}  ${kind}`;

const lineOf = (row: AlarmRow) =>
  line(
    ...[row.alarm, row.what ?? 'no fault of the month raises it', time(row.within), time(row.after)],
    ...[String(row.onGoodDays), row.notifies ? 'notifies' : 'is shown', ''],
  ) +
  (isInTime(row) ? '' : `  WRONG${row.wrongly > 0 ? `: raised ${row.wrongly} times without its fault` : ''}`);

const rows = alarmRows(synthesize({ publisher: 'youtube' }));
const missing = faultsWithoutAlarm(rows);
const right = rows.filter(isInTime).length;
console.log(line('alarm', 'fault', 'within', 'after', 'good month'));
for (const row of rows) console.log(lineOf(row));
for (const alarm of missing) console.log(`${alarm}: the stack does not have it`);
console.log(`${right} of ${rows.length} alarms: raised in time by their fault, and by nothing else`);
if (right < rows.length || missing.length > 0) process.exitCode = 1;
