import { hash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { eventually } from 'local-aws/testing';
import { accessTo } from '../cloud-access.ts';
import { ask } from '../control/client.ts';
import { ControlError } from '../control/control.ts';
import { flowArn, pipelineResources } from '../pipeline.ts';
import { root } from './documented-commands.ts';
import { copyProject, startDev } from './project-copy.ts';

const region = 'us-east-1';
const resources = pipelineResources(region);
const { jobsTable, chaptersTable, countersTable } = resources;
const machine = { stateMachineArn: flowArn(region) };
const minutes = 5 * 60_000;

interface Execution {
  executionArn: string;
  status: string;
}
type Items = readonly { job_id?: { S: string }; status?: { S: string } }[];

/** A chapter of one page, in a language that the narrator `ocr` does not read: it is held before the slow steps. */
const doubtfulChapter = async () =>
  zipSync({
    '001.png': await readFile(join(root, 'samples', 'ke-trom-o', '006.png')),
    'ComicInfo.xml': Buffer.from('<ComicInfo><Series>Mun</Series><LanguageISO>en</LanguageISO></ComicInfo>'),
  });

/** The approval of a note that docs/doubt.md takes back, as it is stored. */
function approvedNote() {
  const series = 'ke-trom-o';
  const textHash = `3fa9c2d1${'0'.repeat(56)}`;
  const note = {
    ...{ date: `note#${hash('sha256', series).slice(0, 32)}#${textHash}`, text_hash: textHash, series },
    ...{ approved_by: 'Lan', approved_at: '2026-12-01T08:00:00.000Z', job_id: `job-${randomUUID()}` },
  };
  const strings = Object.entries(note).map(([name, S]) => [name, { S }] as const);
  return { ...Object.fromEntries(strings), sentences: { L: [{ S: 'Do not sell' }] } };
}

/**
 * Starts the local cloud in a copy of the checkout, as a reader of the pages has it: with a chapter that waits for a
 * person, its execution, and the files that the pages name.
 */
export async function startDocumentedCloud(started: AsyncDisposableStack) {
  const project = started.adopt(copyProject({ whole: true }), (copy) => copy.remove());
  const { folder } = project;
  // A machine that works until it is stopped: the pages do not depend on how a render ends.
  project.save('workers/renderer/main.ts', `console.log('at work');\nsetInterval(() => {}, 1000);\n`);
  const chapter = await doubtfulChapter();
  for (const name of ['chapter.cbz', 'chapter-02.cbz']) project.save(name, chapter);
  const hello = { StartAt: 'Greet', States: { Greet: { Type: 'Pass', End: true } } };
  project.save('hello.asl.json', JSON.stringify(hello));
  const dev = await startDev(project, { SCHEDULE_ENABLED: 'false', DAILY_QUOTA: '100' });
  started.defer(async () => void (await dev.end()));
  const access = accessTo({ endpoint: dev.endpoint, region, resources });
  await access.dynamodb('PutItem', { TableName: countersTable, Item: approvedNote() });

  await access.s3('PUT', 'library/held.cbz', '', chapter);
  const { executionArn } = await access.states<Execution>('StartExecution', machine);
  const isOver = async () =>
    (await access.states<Execution>('DescribeExecution', { executionArn })).status !== 'RUNNING';
  await eventually('a chapter that waits for a person', isOver, minutes);
  const itemsOf = async (TableName: string) => ({
    TableName,
    ...(await access.dynamodb<{ Items: Items }>('Scan', { TableName })),
  });
  const tables = [await itemsOf(jobsTable), await itemsOf(chaptersTable)];
  const job = tables[0]?.Items.find(({ status }) => status?.S === 'needs_review')?.job_id?.S;
  if (!job) throw new Error(`No chapter is held:\n${dev.lines.join('\n')}`);
  const objects = await Promise.all(
    (await access.objects(`jobs/${job}/`)).map(async ({ key }) => ({
      key,
      body: new Uint8Array(await (await access.object(key)).arrayBuffer()),
    })),
  );

  const killMachine = () =>
    ask('chaos', { fault: 'machine-killed' }, join(folder, '.local', 'dev')).then(
      () => true,
      (error) => {
        if (error instanceof ControlError && /^No machine is running/.test(error.message)) return false;
        throw error;
      },
    );
  const requests = (phase: string) =>
    dev.lines.flatMap((line) => new RegExp(`^\\S+ \\[\\S+ (\\w{8})\\] ${phase}\\b`).exec(line)?.[1] ?? []);

  /** Stops what earlier commands started, and lets the held chapter wait again. */
  async function reset(): Promise<void> {
    const { executions } = await access.states<{ executions: Execution[] }>('ListExecutions', {
      ...machine,
      statusFilter: 'RUNNING',
    });
    for (const one of executions) await access.states('StopExecution', { executionArn: one.executionArn });
    // A function continues when its execution is stopped, and can start a machine.
    const haveEnded = () => {
      const ended = new Set(requests('END'));
      return requests('START').every((id) => ended.has(id));
    };
    do await eventually('the functions to end', haveEnded, minutes);
    while (await killMachine());
    for (const { TableName, Items } of tables)
      for (const Item of Items) await access.dynamodb('PutItem', { TableName, Item });
    for (const { key, body } of objects) await access.s3('PUT', key, '', body);
  }

  return {
    folder,
    endpoint: dev.endpoint,
    job,
    executionArn,
    reset,
    async startMachine(): Promise<void> {
      const before = dev.lines.length;
      // EC2 starts one machine for a token.
      const task = { job_id: job, task_token: randomUUID() };
      const { failed, result } = await dev.invoke('start-renderer', task);
      if (failed) throw new Error(JSON.stringify(result));
      const isAtWork = () => dev.lines.slice(before).some((line) => /at work/.test(line));
      await eventually('a machine at work', isAtWork, minutes);
    },
  };
}
