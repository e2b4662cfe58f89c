import { eventually } from 'local-aws/testing';
import type { Job } from '../domain/job.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Machines that stay after their task, on the real flow, functions, tables and machines. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 300_000;

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters({
    settings: { workerIdleMinutes: 5, publisher: 'folder' },
  }));
}, 120_000);
afterAll(() => pipeline?.close());
beforeEach(() => pipeline.forget());
afterEach(async () => {
  await eventually('all machines to leave', async () => {
    if (pipeline.up().length > 0) await wait('1m');
    return pipeline.up().length === 0;
  });
  // The callbacks are invoked after the end of the machines.
  await eventually('no items', async () => (await items()).length === 0, 30_000);
}, 120_000);

/** Lets time pass while machines only wait; what they end with is not cut short. */
const wait = (time: string) => pipeline.cloud.control.run('clock', { jump: time });
const items = () => held.access.scan(pipeline.cloud.resources.machinesTable);
/** Machines that were started since the last `forget`, by worker. */
const boots = (worker: string) =>
  new Set(
    pipeline.entries.flatMap(({ type, data }) =>
      type === 'log' && data.source.startsWith(`${worker} i-`) ? [data.source] : [],
    ),
  ).size;
const waits = (worker: string) =>
  pipeline
    .up()
    .find(({ id, tags }) => tags['manga-pipeline:worker'] === worker && pipeline.cloud.taskOf(id)?.waits);
const waiting = (worker: string) => eventually(`a ${worker} that waits`, () => waits(worker), 60_000);
const machinesOf = (job: Job, worker: string) =>
  Object.entries(job.machines ?? {}).filter(([, machine]) => machine.worker === worker);
const write = (chapter: string) => pipeline.write(`chapters/${chapter}/001.jpg`, page);
const jobsOf = (...chapters: string[]) => Promise.all(chapters.map(held.jobOf));

test(
  'a day of several chapters boots one machine of each kind, and each job pays for its time',
  async () => {
    const chapters = ['a1', 'a2', 'a3', 'a4'];
    for (const chapter of chapters) write(chapter);
    expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
    expect([boots('renderer'), boots('uploader')]).toEqual([1, 1]);
    const jobs = await jobsOf(...chapters);
    expect(jobs.map(({ status }) => status)).toEqual(chapters.map(() => 'published'));
    const renders = jobs.flatMap((job) => machinesOf(job, 'renderer'));
    expect(new Set(renders.map(([id]) => id)).size).toBe(1);
    const [first, second, third] = renders
      .map(([, machine]) => machine)
      .sort((one, other) => one.started_at.localeCompare(other.started_at));
    expect([first?.ended_at, second?.ended_at]).toEqual([second?.started_at, third?.started_at]);
  },
  limit,
);

test(
  'a machine that gets no task leaves, and the next task boots another one',
  async () => {
    expect(await pipeline.end(await pipeline.begin('b1', page))).toMatchObject({ status: 'SUCCEEDED' });
    await waiting('renderer');
    while (pipeline.up().length > 0) await wait('1m');
    expect(await pipeline.end(await pipeline.begin('b2', page))).toMatchObject({ status: 'SUCCEEDED' });
    expect([boots('renderer'), boots('uploader')]).toEqual([2, 2]);
  },
  limit,
);

test.each([
  ['killed', (id: string) => pipeline.cloud.killMachine(id)],
  ['interrupted', (id: string) => pipeline.cloud.giveSpotNotice(id)],
])(
  'a machine that is %s while it waits gets no task',
  async (how, end) => {
    expect(await pipeline.end(await pipeline.begin(`c-${how}-1`, page))).toMatchObject({
      status: 'SUCCEEDED',
    });
    const { id } = await waiting('renderer');
    end(id);
    await eventually('its end', async () => {
      if (pipeline.up().some((one) => one.id === id)) await wait('5s');
      return !pipeline.up().some((one) => one.id === id);
    });
    expect(await pipeline.end(await pipeline.begin(`c-${how}-2`, page))).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(boots('renderer')).toBe(2);
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);

test.each([
  ['killed', async (id: string) => pipeline.cloud.killMachine(id)],
  [
    'interrupted',
    async (id: string) => {
      pipeline.cloud.giveSpotNotice(id);
      await pipeline.pass('10s');
    },
  ],
])(
  'a machine that is %s at a task that it took over is replaced at once',
  async (how, end) => {
    expect(await pipeline.end(await pipeline.begin(`d-${how}-1`, page))).toMatchObject({
      status: 'SUCCEEDED',
    });
    const { id } = await waiting('renderer');
    pipeline.forget();
    const executionArn = await pipeline.whileRendering(
      () => pipeline.begin(`d-${how}-2`, page),
      async () => {
        await end(id);
        await eventually('its end', () => !pipeline.up().some((one) => one.id === id), 60_000);
      },
    );
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(pipeline.failures()).toEqual(['SpotInterrupted']);
    const [job] = await jobsOf(`d-${how}-2`);
    expect(machinesOf(job as Job, 'renderer')).toHaveLength(2);
  },
  limit,
);

test(
  'of two tasks, one goes to the machine that waits and one to a new machine',
  async () => {
    expect(await pipeline.end(await pipeline.begin('e1', page))).toMatchObject({ status: 'SUCCEEDED' });
    await waiting('renderer');
    pipeline.forget();
    write('e2/1');
    write('e3/1');
    const runs = await pipeline.whileRendering(
      async () => [await pipeline.start(), await pipeline.start()].join(' '),
      () => eventually('two renderers at work', () => pipeline.atWork().length === 2, 60_000),
    );
    for (const run of runs.split(' ')) expect(await pipeline.end(run)).toMatchObject({ status: 'SUCCEEDED' });
    const renders = (await jobsOf('e2/1', 'e3/1')).flatMap((job) => machinesOf(job, 'renderer'));
    expect(new Set(renders.map(([id]) => id)).size).toBe(2);
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);

test(
  'a run that begins ends no machine that waits, and one that does not leave',
  async () => {
    expect(await pipeline.end(await pipeline.begin('f1', page))).toMatchObject({ status: 'SUCCEEDED' });
    const { id } = await waiting('renderer');
    expect(await held.invoke('renderer-callback', { end_orphans: true })).toEqual({ ended: [] });
    expect(await held.invoke('renderer-callback', { job_id: (await jobsOf('f1'))[0]?.job_id })).toMatchObject(
      { terminated: false },
    );
    await held.access.dynamodb('UpdateItem', {
      TableName: pipeline.cloud.resources.machinesTable,
      Key: { instance_id: { S: id } },
      UpdateExpression: 'SET idle_until = :past',
      ExpressionAttributeValues: { ':past': { S: '2026-02-07T10:00:00.000Z' } },
    });
    expect(await held.invoke('renderer-callback', { end_orphans: true })).toEqual({ ended: [id] });
  },
  limit,
);
