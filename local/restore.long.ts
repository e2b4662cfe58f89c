import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { callJson, localAccess } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import { pipelineExecutions } from './demo/executions.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/**
 * Damages the tables and restores them with the commands of docs/restore.md. The local tables have no point-in-time
 * recovery, so a copy is made by reading a table at that time.
 */
const root = join(import.meta.dirname, '..');
const manual = readFileSync(join(root, 'docs/restore.md'), 'utf8');
const documented = (pattern: RegExp): string => {
  const [line] = pattern.exec(manual) ?? [];
  if (!line) throw new Error(`docs/restore.md has no line like ${pattern}`);
  return line;
};
const limit = 300_000;

let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters());
}, 120_000);
afterAll(() => pipeline?.close());
beforeEach(() => pipeline.forget());

type Items = Record<string, { S?: string }>[];
const dynamodb = <T>(operation: string, input: object) =>
  callJson<T>(pipeline.cloud, 'dynamodb', operation, input);
const keyOf = { 'manga-pipeline-chapters': 'chapter_id', 'manga-pipeline-jobs': 'job_id' };
type Table = keyof typeof keyOf;
const read = async (TableName: Table) => (await dynamodb<{ Items: Items }>('Scan', { TableName })).Items;

/** Creates what `restore-table-to-point-in-time` creates: a table with the items of that time. */
async function recover(table: Table, items: Items): Promise<void> {
  const [TableName, AttributeName] = [`${table}-restored`, keyOf[table]];
  await dynamodb('CreateTable', {
    ...{ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName, KeyType: 'HASH' }] },
    AttributeDefinitions: [{ AttributeName, AttributeType: 'S' }],
  });
  await eventually('the copy', async () => {
    const { Table } = await dynamodb<{ Table: { TableStatus: string } }>('DescribeTable', { TableName });
    return Table.TableStatus === 'ACTIVE';
  });
  for (const Item of items) await dynamodb('PutItem', { TableName, Item });
}
async function empty(TableName: Table): Promise<void> {
  for (const item of await read(TableName))
    await dynamodb('DeleteItem', { TableName, Key: { [keyOf[TableName]]: item[keyOf[TableName]] } });
}

/** Runs the documented command in the local cloud; `without` are variables that an operator leaves out. */
async function restore(since: string, ...without: string[]) {
  const variables = documented(/^make deploy WHAT=restore .*$/m)
    .split(' ')
    .slice(2)
    .map((given) => given.split('=') as [string, string])
    .filter(([name]) => !['STAGE', ...without].includes(name));
  const env = {
    ...Object.fromEntries(variables),
    SINCE: since,
    PATH: process.env.PATH,
    NODE_NO_WARNINGS: '1',
  };
  const options = { cwd: root, env: { ...env, ...localAccess(pipeline.cloud) } };
  return promisify(execFile)(process.execPath, ['scripts/manga.ts', 'deploy'], options).catch(
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
}

const put = (chapter: string) => pipeline.write(`chapters/${chapter}/001.jpg`, page);
const run = async () =>
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
const videos = () =>
  readdirSync(pipeline.pathOf('out')).map((job) =>
    (
      JSON.parse(readFileSync(pipeline.pathOf(`out/${job}/metadata.json`), 'utf8')) as { title: string }
    ).title.toLowerCase(),
  );
const chapters = async () =>
  Object.fromEntries((await held.chapters()).map(({ chapter_id, status }) => [chapter_id, status]));

let since = '';
const copies = {} as Record<Table, Items>;

test(
  'chapters that were published after the copy are not published again, and the next chapter is',
  async () => {
    put('a-before');
    await run();
    pipeline.forget();
    // The copies are from the middle of a job, and before another.
    const day = await pipeline.whileRendering(
      () => pipeline.begin('b-meanwhile', page),
      async () => {
        since = new Date(pipeline.cloud.clock.now()).toISOString();
        for (const table of Object.keys(keyOf) as Table[]) copies[table] = await read(table);
        put('c-after');
      },
    );
    expect(await pipeline.end(day)).toMatchObject({ status: 'SUCCEEDED' });
    expect(videos()).toHaveLength(3);

    await empty('manga-pipeline-chapters');
    await recover('manga-pipeline-chapters', copies['manga-pipeline-chapters']);
    const { stdout } = await restore(since, 'JOBS_COPY');
    expect(stdout).toMatch(/^b-meanwhile: published by job-\S+ file:/m);
    expect(stdout).toMatch(/^c-after: published by job-\S+ file:/m);
    put('d-next');
    await run();
    expect(videos()).toHaveLength(4);
    expect(new Set(videos()).size).toBe(4);
  },
  limit,
);

test(
  'after both tables are lost the command names the videos that only executions know, and a stopped chapter is not lost',
  async () => {
    const stopped = await pipeline.whileRendering(
      () => pipeline.begin('e-stopped', page),
      async () => {
        const running = await restore(since);
        expect(running).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('is RUNNING; switch the schedule off'),
        });
        const [{ executionArn = '' } = {}] = await pipelineExecutions(pipeline.cloud).running();
        await callJson(pipeline.cloud, 'states', 'StopExecution', { executionArn });
        while (pipeline.up().length > 0) await pipeline.pass('30s');
      },
    );
    expect(await pipeline.end(stopped)).toMatchObject({ status: 'ABORTED' });

    const jobs = { c: await held.jobOf('c-after'), d: await held.jobOf('d-next') };
    for (const table of Object.keys(keyOf) as Table[]) await empty(table);
    await recover('manga-pipeline-jobs', copies['manga-pipeline-jobs']);
    const failed = await restore(since);
    expect(failed).toMatchObject({ code: 1 });
    expect(await chapters()).toEqual({ 'a-before': 'published', 'b-meanwhile': 'published' });
    for (const [chapter, { job_id, youtube_url = '' }] of [
      ['c-after', jobs.c],
      ['d-next', jobs.d],
    ] as const) {
      expect(failed.stdout).toContain(`${job_id}: its chapter is unknown; published at ${youtube_url}`);
      const [, item = ''] = /--item '(.*)'/.exec(documented(/^aws dynamodb put-item .*$/m)) ?? [];
      const Item = {
        ...JSON.parse(item),
        chapter_id: { S: chapter },
        job_id: { S: job_id },
        youtube_url: { S: youtube_url },
      };
      await dynamodb('PutItem', { TableName: 'manga-pipeline-chapters', Item });
    }
    expect((await restore(since)).stdout).toContain('written: chapters 0, jobs 0');

    // The stopped job keeps its series for 20 minutes, since its record is lost.
    await pipeline.jump('20m');
    await run();
    expect(videos()).toHaveLength(5);
    expect(new Set(videos()).size).toBe(5);
    expect(await chapters()).toEqual(
      Object.fromEntries(
        ['a-before', 'b-meanwhile', 'c-after', 'd-next', 'e-stopped'].map((id) => [id, 'published']),
      ),
    );
  },
  limit,
);
