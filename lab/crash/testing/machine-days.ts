import { eventually } from 'local-aws/testing';
import { type MachineEnvironment, startMachineEnvironment } from './machine-environment.ts';

/** A machine that never starts its worker. */
export const silence = `console.log('no worker here'); setInterval(() => {}, 1000);`;

/** Time limit of one day in milliseconds: its processes are real, and the machine can be busy. */
export const limit = 300_000;

/** Starts one environment for all tests of a file, one day each, and returns the courses of a day. */
export function machineDays() {
  let pipeline: MachineEnvironment;
  let earlier = 0;

  beforeAll(async () => {
    pipeline = await startMachineEnvironment();
  }, 120_000);
  beforeEach(() => {
    earlier = pipeline.machines('renderer').length;
    pipeline.ec2.hasCapacity = () => true;
  });
  /** A machine that has finished takes a moment to power off; none stays. */
  afterEach(() => eventually('all machines to end', () => pipeline.up().length === 0, 60_000), 70_000);
  afterAll(() => pipeline?.close());

  /** Returns the number of renderers of this day. */
  const started = () => pipeline.machines('renderer').length - earlier;
  const lastJob = async () => {
    const jobs = await pipeline.records.jobs();
    return jobs.sort((one, other) => (one.updated_at < other.updated_at ? 1 : -1))[0];
  };
  const chapterOf = async (id: string | undefined) =>
    (await pipeline.records.chapters()).find(({ chapter_id }) => chapter_id === id);

  return {
    get pipeline() {
      return pipeline;
    },
    started,
    lastJob,

    /** Returns the day's n-th renderer once it works. */
    renderer: (nth: number) => pipeline.atWork('renderer', earlier + nth),

    /** Waits for machines that have started the piece at which `hold` stops them. */
    atSecondPiece: (count: number) =>
      eventually(
        `machine ${count} to begin a piece`,
        () => pipeline.printed('piece 2 is started') >= count,
        60_000,
      ),

    silentMachines: (count: number) =>
      eventually(`${count} silent machines`, () => pipeline.printed('no worker here') >= count, 60_000),

    /** Lets time pass while no function works, until a number of machines have started; heartbeats can be missed. */
    untilStarted: (count: number, step: string) =>
      eventually(
        `machine ${count}`,
        async () => {
          if (started() < count) await pipeline.pass(step);
          return started() >= count;
        },
        120_000,
      ),

    /** Lets time pass in the same way until no machine is running. */
    untilNoneIsUp: (step: string) =>
      eventually(
        'all machines to end',
        async () => {
          if (pipeline.up().length > 0) await pipeline.pass(step);
          return pipeline.up().length === 0;
        },
        120_000,
      ),

    async expectPublished(executionArn: string): Promise<void> {
      expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await lastJob()).toMatchObject({ status: 'published' });
      expect(pipeline.messages).toEqual([]);
    },

    /**
     * Checks that the day continued, the job failed with this error, its chapter is free, and one message reports it.
     */
    async expectFailed(executionArn: string, error_name: string, step: string): Promise<void> {
      expect(await pipeline.end(executionArn, { step })).toMatchObject({ status: 'SUCCEEDED' });
      const job = await lastJob();
      expect(job).toMatchObject({ status: 'failed', error_name, failed_state: 'StartRenderer' });
      expect(await chapterOf(job?.chapter_id)).toMatchObject({ status: 'failed' });
      expect(pipeline.messages.map(({ subject }) => subject)).toEqual([
        `manga-pipeline: StartRenderer failed with ${error_name}`,
      ]);
    },
  };
}
