/** `make deploy WHAT=restore`: brings the tables up to date after a point-in-time recovery. */
import type * as z from 'zod';
import { requiredFunction, stateMachineNextTo } from '../aws/deployed-functions.ts';
import { enteredStates, executionsSince } from '../aws/executions.ts';
import { wholeTable } from '../aws/whole-table.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { restore } from '../config/commands/operate.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { ChapterRecord, JobRecord } from './restore/records.ts';
import { restoreTables } from './restore/restore.ts';

/** Returns the valid records of a table, and reports the others: they are not restored, and not changed. */
async function recordsOf<T>(table: string, Record: z.ZodType<T>): Promise<T[]> {
  const records: T[] = [];
  for (const item of await wholeTable(table).items()) {
    const record = Record.safeParse(item);
    if (record.success) records.push(record.data);
    else console.log(`${table}: left out, since it is not a valid record: ${JSON.stringify(item)}`);
  }
  return records;
}

const versionsOf = async <T>(table: string, copy: string | undefined, Record: z.ZodType<T>) => ({
  live: await recordsOf(table, Record),
  copy: copy ? await recordsOf(copy, Record) : [],
});

export async function run({ since, chaptersCopy, jobsCopy, yes }: OptionsOf<typeof restore>): Promise<void> {
  const time = new Date(since ?? '');
  if (!since || !/^\d{4}-\d\d-\d\dT.*Z$/.test(since) || Number.isNaN(time.getTime()))
    throw new ConfigurationError(
      `SINCE is ${since || 'missing'}; it is the time of the copies in UTC, like 2026-11-30T02:00:00Z`,
    );
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const deployed = await requiredFunction(names.functions.cleanup);
  await restoreTables(yes, {
    executions: () => executionsSince(stateMachineNextTo(deployed.arn, names), time),
    enteredStates,
    chapters: () => versionsOf(names.chaptersTable, chaptersCopy, ChapterRecord),
    jobs: () => versionsOf(names.jobsTable, jobsCopy, JobRecord),
    putChapter: wholeTable(names.chaptersTable).put,
    putJob: wholeTable(names.jobsTable).put,
    now: () => new Date().toISOString(),
    say: console.log,
  });
}
