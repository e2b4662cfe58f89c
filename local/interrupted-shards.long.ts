import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import { stateEntries } from 'step-functions-local';
import { type Job, statusesAtWork } from '../domain/job.ts';
import { pipelineExecutions } from './demo/executions.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Interrupts renders that machines share, on the real flow, functions, tables and machines. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 300_000;

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters({ settings: { renderShards: 2 } }));
}, 120_000);
afterAll(() => pipeline?.close());
beforeEach(() => pipeline.forget());

const states = <T>(operation: string, input: object) =>
  callJson<T>(pipeline.cloud, 'states', operation, input);
const renderers = (job: Job) =>
  Object.values(job.machines ?? {}).filter(({ worker }) => worker === 'renderer');
const atWork = () => pipeline.entries.filter(({ type, data }) => type === 'log' && data.text === 'at work');
/** Waits until both machines of shards work. */
const bothAtWork = () => eventually('two machines at work', () => atWork().length === 2, 60_000);

test(
  'the shards of a stopped execution end, and start again when it is redriven',
  async () => {
    const executionArn = await pipeline.begin('a-stopped', page);
    await pipeline.whileRendering(
      async () => executionArn,
      async () => {
        await bothAtWork();
        await states('StopExecution', { executionArn });
        const isAtWork = async () => statusesAtWork.has((await held.jobOf('a-stopped')).status);
        await eventually('the failed job', async () => !(await isAtWork()), 60_000);
        // Its machines work on, until a heartbeat shows them that nothing waits for them.
        while (pipeline.up().length > 0) await pipeline.pass('30s');
      },
    );
    expect(await held.jobOf('a-stopped')).toMatchObject({
      ...{ status: 'failed', failed_state: 'SpreadRender', error_name: 'ExecutionStopped' },
    });

    await states('RedriveExecution', { executionArn });
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    const job = await held.jobOf('a-stopped');
    expect(job.status).toBe('published');
    expect(renderers(job)).toHaveLength(5);
    expect(job).not.toHaveProperty('shard_tokens');
  },
  limit,
);

test(
  'the lost machine of a shard is replaced, and the others work on',
  async () => {
    const executionArn = await pipeline.whileRendering(
      () => pipeline.begin('b-lost', page),
      async () => {
        await bothAtWork();
        pipeline.cloud.killMachine(pipeline.up()[0]?.id ?? '');
        await eventually('a third machine', () => atWork().length === 3, 60_000);
      },
    );
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(renderers(await held.jobOf('b-lost'))).toHaveLength(4);
  },
  limit,
);

test(
  'a shard that a person stops costs only time, whatever is reported about its execution',
  async () => {
    const begun = await pipeline.begin('c-stopped-shard', page);
    await pipeline.whileRendering(
      async () => begun,
      async () => {
        await bothAtWork();
        const [run] = (
          await states<{ mapRuns: { mapRunArn: string }[] }>('ListMapRuns', { executionArn: begun })
        ).mapRuns;
        const { executions } = await states<{ executions: { executionArn: string }[] }>('ListExecutions', {
          mapRunArn: run?.mapRunArn,
        });
        expect(executions).toHaveLength(2);
        const executionArn = executions[0]?.executionArn ?? '';
        await states('StopExecution', { executionArn });
        await held.invoke('handle-error', { source: 'aws.states', detail: { executionArn } });
        expect((await held.jobOf('c-stopped-shard')).status).toBe('rendering');
      },
    );
    expect(await pipeline.end(begun)).toMatchObject({ status: 'SUCCEEDED' });
    expect(renderers(await held.jobOf('c-stopped-shard'))).toHaveLength(3);
  },
  limit,
);

test(
  'a history from before the setting existed runs again with shards',
  async () => {
    const { cloud } = pipeline;
    const recorded = await pipeline.begin('d-recorded', page);
    expect(await pipeline.end(recorded)).toMatchObject({ status: 'SUCCEEDED' });
    const events = await pipelineExecutions(cloud).history(recorded);
    const entry = stateEntries(events, (state) => state === 'GenerateTTS').at(-1);
    // What the states before it assign now, and did then.
    const { spread_render: _, ...variables } = entry?.variables ?? {};
    const { executionArn } = await callJson<{ executionArn: string }>(
      cloud,
      'local-states',
      'StartExecutionFrom',
      {
        ...{ stateMachineArn: cloud.stateMachineArn, name: 'recorded', input: '{}', variables },
        ...{ state: 'GenerateTTS', stateInput: entry?.input },
      },
    );
    const shards = () =>
      states<{ mapRuns: object[] }>('ListMapRuns', { executionArn }).then(({ mapRuns }) => mapRuns.length);
    await eventually('the shards of the replay', async () => (await shards()) === 1, 60_000);
    await states('StopExecution', { executionArn });
  },
  limit,
);
