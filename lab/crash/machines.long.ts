import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { clientOf } from 'local-aws/testing';
import { renderUserData } from '../../domain/worker-task.ts';
import { limit, machineDays, silence } from './testing/machine-days.ts';

/** Plays what EC2 does to Spot machines during a whole day of the pipeline. */
const day = machineDays();

/** Removes repetitions, because the SDK retries when EC2 has no capacity. */
const withoutRepeats = (asked: readonly string[]) => asked.filter((one, index) => one !== asked[index - 1]);

test(
  'after three interruptions, one with a notice and two without, no finished piece is rendered again',
  async () => {
    day.pipeline.hold();
    const executionArn = await day.pipeline.begin();
    for (const nth of [1, 2, 3]) {
      await day.atSecondPiece(nth);
      const { id } = await day.renderer(nth);
      if (nth === 1) day.pipeline.cloud.giveSpotNotice(id);
      else day.pipeline.cloud.killMachine(id);
      await day.untilStarted(nth + 1, '10s');
    }
    await day.atSecondPiece(4);
    day.pipeline.goOn();
    await day.expectPublished(executionArn);
    expect(day.started()).toBe(4);
    expect(day.pipeline.printed('piece 1 is started')).toBe(1);
  },
  limit,
);

test(
  'no capacity at first: every type is tried in every zone repeatedly until there is some',
  async () => {
    const refused = 26;
    day.pipeline.ec2.hasCapacity = () => day.pipeline.asked.length > refused;
    await day.expectPublished(await day.pipeline.begin());
    const round = ['c5.2xlarge', 'c6i.2xlarge'].flatMap((type) => [
      `${type} subnet-local-a`,
      `${type} subnet-local-b`,
    ]);
    expect(withoutRepeats(day.pipeline.asked).slice(0, 8)).toEqual([...round, ...round]);
    expect(day.started()).toBe(1);
  },
  limit,
);

test(
  'no capacity at all: the job fails with that error after seven rounds without starting a machine',
  async () => {
    day.pipeline.ec2.hasCapacity = () => false;
    await day.expectFailed(await day.pipeline.begin(), 'SpotCapacityUnavailable', '60s');
    expect(withoutRepeats(day.pipeline.asked)).toHaveLength(7 * 4);
    expect(day.started()).toBe(0);
  },
  limit,
);

test(
  'machines that end before they respond: the job fails with a named error after six',
  async () => {
    const restore = day.pipeline.replaceWorker('renderer', 'process.exit(1);');
    await day.expectFailed(await day.pipeline.begin(), 'SpotInterrupted', '10s');
    restore();
    expect(day.started()).toBe(6);
  },
  limit,
);

test(
  'machines that never respond: the job fails with a named error after six, and the last one is ended',
  async () => {
    const restore = day.pipeline.replaceWorker('renderer', silence);
    const executionArn = await day.pipeline.begin();
    await day.untilStarted(6, '1m');
    await day.untilNoneIsUp('1m');
    await day.expectFailed(executionArn, 'States.HeartbeatTimeout', '10s');
    restore();
    expect(day.started()).toBe(6);
  },
  limit,
);

test(
  'a leftover machine is ended at the start of the next day',
  async () => {
    const failed = await day.lastJob();
    const restore = day.pipeline.replaceWorker('renderer', silence);
    const client = new EC2Client(clientOf(day.pipeline.cloud.endpoint));
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
    const orphan = await day.renderer(1);
    await day.silentMachines(1);
    restore();
    await day.expectPublished(await day.pipeline.begin());
    expect(day.pipeline.machines('renderer').find(({ id }) => id === orphan.id)?.state).toBe('terminated');
  },
  limit,
);

test(
  'an instance that never starts its worker is ended and replaced',
  async () => {
    const restore = day.pipeline.replaceWorker('renderer', silence);
    const executionArn = await day.pipeline.begin();
    const silent = await day.renderer(1);
    await day.silentMachines(1);
    restore();
    await day.untilStarted(2, '1m');
    await day.expectPublished(executionArn);
    expect(day.started()).toBe(2);
    const reason = day.pipeline.machines('renderer').find(({ id }) => id === silent.id)?.stateReason;
    expect(reason).toMatchObject({ code: 'Client.UserInitiatedShutdown' });
  },
  limit,
);
