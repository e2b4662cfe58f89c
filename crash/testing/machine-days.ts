import { eventually } from '../../local/services/testing/cloud-under-test.ts';
import { type MachineWorld, startMachineWorld } from './machine-world.ts';

/** A machine on which the worker is never started. */
export const silence = `console.log('nobody is here'); setInterval(() => {}, 1000);`;

/** One day may take so long, in milliseconds: its processes are real, and their machine may have other work. */
export const limit = 300_000;

/** A world for all tests of a file, one day each, and how its days may go on and end. */
export function machineDays() {
  let world: MachineWorld;
  let earlier = 0;

  beforeAll(async () => {
    world = await startMachineWorld();
  }, 120_000);
  beforeEach(() => {
    earlier = world.machines('renderer').length;
    world.ec2.hasCapacity = () => true;
  });
  /** A machine that has answered takes a moment to power off; none stays. */
  afterEach(() => eventually('all machines to end', () => world.up().length === 0, 60_000), 70_000);
  afterAll(() => world?.close());

  /** Renderers of this day. */
  const started = () => world.machines('renderer').length - earlier;
  const lastJob = async () => {
    const jobs = await world.records.jobs();
    return jobs.sort((one, other) => (one.updated_at < other.updated_at ? 1 : -1))[0];
  };
  const chapterOf = async (id: string | undefined) =>
    (await world.records.chapters()).find(({ chapter_id }) => chapter_id === id);

  return {
    get world() {
      return world;
    },
    started,
    lastJob,

    /** The day's n-th renderer, once it is at work. */
    renderer: (nth: number) => world.atWork('renderer', earlier + nth),

    /** Machines that have begun the piece at which `hold` keeps them. */
    atSecondPiece: (count: number) =>
      eventually(
        `machine ${count} to begin a piece`,
        () => world.printed('piece 2 is begun') >= count,
        60_000,
      ),

    silentMachines: (count: number) =>
      eventually(`${count} silent machines`, () => world.printed('nobody is here') >= count, 60_000),

    /** Lets time pass where no function works, until so many have been started; heartbeats may be missed meanwhile. */
    untilStarted: (count: number, step: string) =>
      eventually(
        `machine ${count}`,
        async () => {
          if (started() < count) await world.pass(step);
          return started() >= count;
        },
        120_000,
      ),

    /** The same, until none is up. */
    untilNoneIsUp: (step: string) =>
      eventually(
        'all machines to end',
        async () => {
          if (world.up().length > 0) await world.pass(step);
          return world.up().length === 0;
        },
        120_000,
      ),

    async expectPublished(executionArn: string): Promise<void> {
      expect(await world.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await lastJob()).toMatchObject({ status: 'published' });
      expect(world.messages).toEqual([]);
    },

    /** The day went on, its job failed with this error, its chapter is free for another day, and one message says so. */
    async expectFailed(executionArn: string, error_name: string, step: string): Promise<void> {
      expect(await world.end(executionArn, step)).toMatchObject({ status: 'SUCCEEDED' });
      const job = await lastJob();
      expect(job).toMatchObject({ status: 'failed', error_name, failed_state: 'StartRenderer' });
      expect(await chapterOf(job?.chapter_id)).toMatchObject({ status: 'failed' });
      expect(world.messages.map(({ subject }) => subject)).toEqual([
        `manga-pipeline: StartRenderer failed with ${error_name}`,
      ]);
    },
  };
}
