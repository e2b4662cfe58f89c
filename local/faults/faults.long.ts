import { eventually } from 'local-aws/testing';
import { faultyDays, limit } from './testing/faulty-days.ts';

/** Plays the faults that faults.test.ts leaves out during a whole day of the pipeline and checks how the day ends. */
const day = faultyDays(['scriptgen', 'ttsgen'], ['youtube']);

test(
  'machine-killed: a new machine continues without waiting for a missed heartbeat',
  async () => {
    const executionArn = await day.pipeline.whileRendering(
      () => day.begin(),
      async () => {
        await day.pipeline.chaos('machine-killed');
        await day.interrupted();
      },
    );
    await day.expectPublished(executionArn);
  },
  limit,
);

test(
  'heartbeat-lost: the silent machine is ended, and a new one continues',
  async () => {
    const executionArn = await day.pipeline.whileRendering(
      () => day.begin(),
      async () => {
        await day.pipeline.chaos('heartbeat-lost');
        await day.pipeline.jump('6m');
        const isMissed = () =>
          day.pipeline.entries.some(
            ({ type, data }) => type === 'execution' && data.event.type === 'TaskTimedOut',
          );
        await eventually('the heartbeat to be missed', isMissed, 120_000);
        await day.pipeline.chaos(undefined, { clear: true });
      },
    );
    await day.expectPublished(executionArn);
    const ended = day.pipeline.cloud.instances().map(({ stateReason }) => stateReason?.code);
    expect(ended).toContain('Client.UserInitiatedShutdown');
  },
  limit,
);

test(
  'failing-function: two failures are retried',
  async () => {
    await day.pipeline.chaos('failing-function', { target: 'ttsgen', times: 2 });
    await day.expectPublished(await day.begin());
    expect(day.pipeline.failures()).toEqual(['Error', 'Error']);
  },
  limit,
);

test(
  'slow-s3: everything takes longer and succeeds',
  async () => {
    await day.pipeline.chaos('slow-s3', { times: 6 });
    await day.expectPublished(await day.begin());
    expect(day.pipeline.struck()).toBe(6);
    expect(day.pipeline.failures()).toEqual([]);
  },
  limit,
);

test(
  'upload-cut: the uploader continues from the received bytes, and there is one video',
  async () => {
    await day.pipeline.chaos('upload-cut');
    await day.expectPublished(await day.begin());
    expect(day.pipeline.struck()).toBe(1);
    expect(day.pipeline.failures()).toEqual([]);
  },
  limit,
);
