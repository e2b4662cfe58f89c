import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { renderUserData } from '../domain/worker-task.ts';
import { clientOf, eventually } from '../local/services/testing/cloud-under-test.ts';
import { type MachineWorld, startMachineWorld } from './testing/machine-world.ts';

/** What EC2 does to Spot machines, and what becomes of a whole day of the pipeline then. */
let world: MachineWorld;
let earlier = 0;
const limit = 300_000;

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

/** A machine on which the worker is never started. */
const silence = `console.log('nobody is here'); setInterval(() => {}, 1000);`;

const started = () => world.machines('renderer').length - earlier;
/** The SDK asks again by itself for what EC2 has none of. */
const withoutRepeats = (asked: readonly string[]) => asked.filter((one, index) => one !== asked[index - 1]);

const lastJob = async () => {
  const jobs = await world.records.jobs();
  return jobs.sort((one, other) => (one.updated_at < other.updated_at ? 1 : -1))[0];
};
const chapterOf = async (id: string | undefined) =>
  (await world.records.chapters()).find(({ chapter_id }) => chapter_id === id);

async function expectPublished(executionArn: string): Promise<void> {
  expect(await world.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await lastJob()).toMatchObject({ status: 'published' });
  expect(world.messages).toEqual([]);
}

/** The day went on, its job failed with this error, its chapter is free for another day, and one message says so. */
async function expectFailed(executionArn: string, error_name: string, step: string): Promise<void> {
  expect(await world.end(executionArn, step)).toMatchObject({ status: 'SUCCEEDED' });
  const job = await lastJob();
  expect(job).toMatchObject({ status: 'failed', error_name, failed_state: 'StartRenderer' });
  expect(await chapterOf(job?.chapter_id)).toMatchObject({ status: 'failed' });
  expect(world.messages.map(({ subject }) => subject)).toEqual([
    `manga-pipeline: StartRenderer failed with ${error_name}`,
  ]);
}

const missed = (count: number) =>
  eventually(`machine ${count} to begin a piece`, () => world.printed('piece 2 is begun') >= count, 60_000);

const silentMachines = (count: number) =>
  eventually(`${count} silent machines`, () => world.printed('nobody is here') >= count, 60_000);

/** Lets the heartbeats of machines that are up be missed, until so many have been started. */
const untilStarted = (count: number) =>
  eventually(
    `machine ${count}`,
    async () => {
      if (started() < count) await world.pass('1m');
      return started() >= count;
    },
    120_000,
  );

test(
  'three interruptions in a row, one with a notice and two without a word, and no finished piece is drawn again',
  async () => {
    world.hold();
    const executionArn = await world.begin();
    await missed(1);
    world.cloud.giveSpotNotice((await world.atWork('renderer', earlier + 1)).id);
    // A worker looks every five seconds.
    await world.jump('10s');
    for (const nth of [2, 3]) {
      await world.jump('10s');
      await missed(nth);
      world.cloud.killMachine((await world.atWork('renderer', earlier + nth)).id);
      await eventually('the machine to be gone', () => world.up().length === 0, 30_000);
    }
    await world.jump('30s');
    await missed(4);
    world.goOn();
    await expectPublished(executionArn);
    expect(started()).toBe(4);
    expect(world.printed('piece 1 is begun')).toBe(1);
  },
  limit,
);

test(
  'no capacity at first: every type is asked for in every zone, again and again, until there is some',
  async () => {
    const refused = 26;
    world.ec2.hasCapacity = () => world.asked.length > refused;
    await expectPublished(await world.begin());
    const round = ['c5.2xlarge', 'c6i.2xlarge'].flatMap((type) => [
      `${type} subnet-local-a`,
      `${type} subnet-local-b`,
    ]);
    expect(withoutRepeats(world.asked).slice(0, 8)).toEqual([...round, ...round]);
    expect(started()).toBe(1);
  },
  limit,
);

test(
  'no capacity at all: the job fails by that name after seven rounds, and no machine was ever started',
  async () => {
    world.ec2.hasCapacity = () => false;
    await expectFailed(await world.begin(), 'SpotCapacityUnavailable', '60s');
    expect(withoutRepeats(world.asked)).toHaveLength(7 * 4);
    expect(started()).toBe(0);
  },
  limit,
);

test(
  'an instance that never starts its worker is ended, and the next one does the work',
  async () => {
    const mend = world.replaceWorker('renderer', silence);
    const executionArn = await world.begin();
    const silent = await world.atWork('renderer', earlier + 1);
    await silentMachines(1);
    mend();
    await untilStarted(2);
    await expectPublished(executionArn);
    expect(started()).toBe(2);
    const reason = world.machines('renderer').find(({ id }) => id === silent.id)?.stateReason;
    expect(reason).toMatchObject({ code: 'Client.UserInitiatedShutdown' });
  },
  limit,
);

test(
  'machines that end before they say a word: the job fails by name after six',
  async () => {
    const mend = world.replaceWorker('renderer', 'process.exit(1);');
    await expectFailed(await world.begin(), 'SpotInterrupted', '10s');
    mend();
    expect(started()).toBe(6);
  },
  limit,
);

test(
  'a machine that every other way to end it has missed is ended when the next day begins',
  async () => {
    const failed = await lastJob();
    const mend = world.replaceWorker('renderer', silence);
    const client = new EC2Client(clientOf(world.cloud.endpoint));
    const Tags = [
      { Key: 'manga-pipeline:worker', Value: 'renderer' },
      { Key: 'manga-pipeline:job', Value: failed?.job_id ?? '' },
      { Key: 'manga-pipeline:task', Value: 'long-gone' },
    ];
    await client.send(
      new RunInstancesCommand({
        ...{ MinCount: 1, MaxCount: 1, ImageId: 'ami-renderer', InstanceType: 'c5.2xlarge' },
        SubnetId: 'subnet-local-a',
        UserData: Buffer.from(renderUserData({ WORKER: 'renderer' })).toString('base64'),
        TagSpecifications: [{ ResourceType: 'instance', Tags }],
        InstanceInitiatedShutdownBehavior: 'terminate',
      }),
    );
    client.destroy();
    const orphan = await world.atWork('renderer', earlier + 1);
    await silentMachines(1);
    mend();
    await expectPublished(await world.begin());
    expect(world.machines('renderer').find(({ id }) => id === orphan.id)?.state).toBe('terminated');
  },
  limit,
);
