import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import { artifactsOf } from '../../domain/artifacts.ts';
import { chaptersHeldBy, type Job } from '../../domain/job.ts';
import { type heldChapters, startWithHeldChapters } from '../testing/held-chapters.ts';
import type { LightPipeline } from '../testing/light-pipeline.ts';

/** Replays executions with `make invoke WHAT=replay` in the cloud that has their jobs. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 300_000;
const program = join(import.meta.dirname, '..', '..', 'scripts', 'manga.ts');

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters());
  mkdirSync(pipeline.pathOf('.local'));
  symlinkSync(pipeline.pathOf('state'), pipeline.pathOf('.local/dev'));
});
afterAll(() => pipeline?.close());

/** Does what the documentation says: stores the history, and replays it. */
async function replay(executionArn: string, from: string): Promise<{ stdout: string; status: number }> {
  const history = await callJson(pipeline.cloud, 'states', 'GetExecutionHistory', { executionArn });
  writeFileSync(pipeline.pathOf('history.json'), JSON.stringify(history));
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const run = promisify(execFile)(process.execPath, [program, 'invoke', 'replay'], {
    cwd: pipeline.folder,
    env: { PATH, NODE_COMPILE_CACHE, NODE_NO_WARNINGS: '1', HISTORY: 'history.json', FROM: from },
  });
  return run.then(
    ({ stdout }) => ({ stdout, status: 0 }),
    (error: { stdout: string; stderr: string; code?: number }) => {
      if (error.code !== 1 || !/^local cloud at \S+\n$/.test(error.stderr)) throw error;
      return { stdout: error.stdout, status: 1 };
    },
  );
}
const jobs = async () => (await held.access.scan(pipeline.cloud.resources.jobsTable)) as unknown as Job[];
const jobWith = async (id: string) => (await jobs()).find(({ job_id }) => job_id === id);
/** Returns the job of a chapter once the end of each of its machines is recorded. */
async function settledJobOf(name: string): Promise<Job> {
  const hasEnded = async () =>
    Object.values((await held.jobOf(name)).machines ?? {}).every(({ ended_at }) => ended_at !== undefined);
  await eventually('the end of the machines is recorded', hasEnded);
  return held.jobOf(name);
}
const replayed = (stdout: string) => /as job (job-replay-[0-9a-f-]+) beside (job-\S+):/.exec(stdout) ?? [];

test(
  'a replay of a published job fails beside it: its artifacts are gone, and the job stays published',
  async () => {
    const executionArn = await pipeline.begin('published', page);
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    const before = await settledJobOf('published');
    const { stdout, status } = await replay(executionArn, 'GenerateScript');
    const [, own = '', of] = replayed(stdout);
    expect(of).toBe(before.job_id);
    expect(stdout).toContain('this cloud has no artifacts of it');
    expect(await held.jobOf('published')).toEqual(before);
    const copy = await jobWith(own);
    expect(copy).toMatchObject({ status: 'failed', error_name: expect.any(String) });
    // What the first job paid is not counted twice.
    expect(before.machines).toBeDefined();
    expect(copy?.machines).toBeUndefined();
    expect(stdout).toContain(`\nthe job failed: ${copy?.error_name}: ${copy?.error_message}`);
    expect(status).toBe(1);
    expect(chaptersHeldBy(await jobWith(own))).toEqual([`${own}/published`]);
  },
  limit,
);

test(
  'a replay of a job with artifacts publishes a copy under its own id and chapter',
  async () => {
    pipeline.forget();
    const executionArn = await pipeline.whileRendering(
      () => pipeline.begin('stopped', page),
      () => pipeline.pass('1s'),
    );
    await callJson(pipeline.cloud, 'states', 'StopExecution', { executionArn });
    while (pipeline.up().length > 0) await pipeline.pass('30s');
    const before = await settledJobOf('stopped');
    const { stdout, status } = await replay(executionArn, 'GenerateTTS');
    expect(status).toBe(0);
    const [, own = ''] = replayed(stdout);
    expect(stdout).toContain(`it publishes ${own}/stopped`);
    expect(await jobWith(own)).toMatchObject({ status: 'published', chapter_id: `${own}/stopped` });
    expect(await held.claimOf(`${own}/stopped`)).toMatchObject({ status: 'published', job_id: own });
    expect(await held.jobOf('stopped')).toEqual(before);
    expect(await held.access.objects(artifactsOf(before.job_id).root)).not.toEqual([]);
  },
  limit,
);
