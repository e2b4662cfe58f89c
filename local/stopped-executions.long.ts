import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { callJson, localAccess } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import { type Job, statusesAtWork } from '../domain/job.ts';
import { rerun } from './console/actions/rerun.ts';
import type { ExecutionSummary } from './console/model/executions.ts';
import { pipelineExecutions } from './demo/executions.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Stops and redrives executions as an operator does, on the real flow, functions, tables and machines. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 300_000;

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters());
}, 120_000);
afterAll(() => pipeline?.close());
beforeEach(() => {
  pipeline.messages.splice(0);
  pipeline.forget();
});

const commandLine = spawnSync('aws', ['--version']).status === 0;
if (!commandLine) console.warn('aws is not on PATH: the API is called instead of the command line');

/** Calls Step Functions with the AWS command line, as an operator does. */
async function states(command: string, executionArn: string): Promise<void> {
  if (!commandLine) {
    const operation = command.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
    await callJson(pipeline.cloud, 'states', operation, { executionArn });
    return;
  }
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...localAccess(pipeline.cloud) };
  await promisify(execFile)('aws', ['stepfunctions', command, '--execution-arn', executionArn], { env });
}

/** Stops an execution while its renderer works, and returns its job once nothing is at work. */
async function stopWhileRendering(executionArn: string): Promise<Job> {
  await pipeline.whileRendering(
    async () => executionArn,
    async () => {
      await states('stop-execution', executionArn);
      await eventually('the failed job', async () => (await atWork()).length === 0, 60_000);
      // Its machine works on, until a heartbeat shows it that nothing waits for it.
      while (pipeline.up().length > 0) await pipeline.pass('30s');
    },
  );
  const [job] = await pipeline.jobs();
  if (!job) throw new Error('The execution had no job');
  return job;
}

const jobs = async () => (await held.access.scan(pipeline.cloud.resources.jobsTable)) as unknown as Job[];
const atWork = async () => (await jobs()).filter(({ status }) => statusesAtWork.has(status));

test(
  'a stopped execution leaves no job at work, and a redrive continues with the job',
  async () => {
    const executionArn = await pipeline.begin('a-stopped', page);
    const job = await stopWhileRendering(executionArn);
    expect(job).toMatchObject({
      status: 'failed',
      error_name: 'ExecutionStopped',
      error_message: 'The execution was stopped in StartRenderer',
      failed_state: 'StartRenderer',
    });
    expect(await held.claimOf('a-stopped')).toMatchObject({ status: 'failed', job_id: job.job_id });
    expect(await held.days()).toEqual({ slots: 0, count: 0 });
    expect(pipeline.messages.map(({ subject }) => subject)).toEqual([
      'manga-pipeline: StartRenderer failed with ExecutionStopped',
    ]);

    await states('redrive-execution', executionArn);
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    const continued = (await jobs()).find(({ job_id }) => job_id === job.job_id);
    expect(continued).toMatchObject({ status: 'published', chapter_id: 'a-stopped' });
    for (const field of ['error_name', 'failed_at', 'failed_state', 'stopped_while'])
      expect(continued).not.toHaveProperty(field);
    expect(await held.days()).toEqual({ slots: 1, count: 1 });
    expect(pipeline.finished('uploader')).toBe(1);
  },
  limit,
);

test(
  'a redrive is rejected when another job has taken the chapter, and nothing is published twice',
  async () => {
    const executionArn = await pipeline.begin('b-taken', page);
    const job = await stopWhileRendering(executionArn);
    expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
    const claim = await held.claimOf('b-taken');
    expect(claim).toMatchObject({ status: 'published' });
    expect(claim?.job_id).not.toBe(job.job_id);
    const before = pipeline.finished('uploader');

    await states('redrive-execution', executionArn);
    expect(await pipeline.end(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'ExecutionStopped',
      cause: expect.stringMatching(/another job has taken its chapter b-taken since/),
    });
    const rejected = (await jobs()).find(({ job_id }) => job_id === job.job_id);
    expect(rejected).toMatchObject({ status: 'failed', error_name: 'ExecutionStopped' });
    while (pipeline.up().length > 0) await pipeline.pass('30s');
    expect(pipeline.finished('uploader')).toBe(before);
    expect(await atWork()).toEqual([]);
  },
  limit,
);

test(
  'a function that still runs when its execution is stopped does not bring the job back to work',
  async () => {
    const executionArn = await pipeline.begin('c-late', page);
    const job = await stopWhileRendering(executionArn);
    const late = held.invoke('start-renderer', { job_id: job.job_id, task_token: 'late' });
    expect(await late).toMatchObject({
      errorType: 'ExecutionStopped',
      errorMessage: expect.stringContaining('the job continues only after a redrive'),
    });
    expect(await atWork()).toEqual([]);
    expect(pipeline.up()).toEqual([]);
  },
  limit,
);

test(
  'a job that is run again while it is at work is finished by the second execution, also after late events of the first',
  async () => {
    let again = '';
    let jobId = '';
    const first = await pipeline.whileRendering(
      () => pipeline.begin('d-again', page),
      async () => {
        const job = (await atWork())[0] as Job;
        jobId = job.job_id;
        const [{ executionArn: arn = '' } = {}] = await pipelineExecutions(pipeline.cloud).running();
        const running = [{ arn, status: 'RUNNING' }] as ExecutionSummary[];
        const executions = { ofJob: async () => running };
        again = await rerun(job, [], { ...held, cloud: pipeline.cloud, executions });
        const late = { source: 'aws.states', detail: { executionArn: arn } };
        expect(await held.invoke('handle-error', late)).toMatchObject({ status: 'ABORTED' });
      },
    );
    expect(await pipeline.end(again)).toMatchObject({ status: 'SUCCEEDED' });
    const job = (await jobs()).find(({ job_id }) => job_id === jobId);
    expect(job).toMatchObject({ status: 'published', continued_in: again });
    expect(await pipeline.end(first)).toMatchObject({ status: 'ABORTED' });
  },
  limit,
);
