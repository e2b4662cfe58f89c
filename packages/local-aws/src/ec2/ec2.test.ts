import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeSpotInstanceRequestsCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { EventEntry } from '../events/bus.ts';
import { identify, isAlive, type ProcessIdentity } from '../state/process-identity.ts';
import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf, eventually } from '../testing.ts';
import type { Instance } from './instance.ts';
import { openInstanceStore } from './instance-store.ts';
import { createMachines, type Machines } from './machines.ts';
import type { Program } from './program.ts';
import { createEc2Service } from './service.ts';

let cloud: UnderTest;
let client: EC2Client;
let machines: Machines;
let events: EventEntry[];
const noCapacity = new Set<string>();

function startMachines(stateFile = 'instances.json'): Machines {
  return createMachines({
    account,
    endpoint: cloud.endpoint,
    store: openInstanceStore(join(cloud.folder, stateFile)),
    programOf,
    disks: join(cloud.folder, 'disks'),
    publish: async (event) => void events.push(event),
    log: cloud.log,
    grace: 300,
    noticeTime: 600,
  });
}

beforeAll(async () => {
  cloud = await startUnderTest();
  machines = startMachines();
  cloud.gateway.serve(
    'ec2',
    createEc2Service({ account, machines, hasCapacity: (type) => !noCapacity.has(type) }),
  );
  client = new EC2Client(clientOf(cloud.endpoint));
  worker('printer', 'console.log(JSON.stringify(process.env));');
  worker('sleeper', 'console.log("ready"); setInterval(() => {}, 1000);');
  worker(
    'stubborn',
    'process.on("SIGTERM", () => console.log("no")); console.log("ready"); setInterval(() => {}, 1000);',
  );
  worker(
    'writer',
    'import { mkdtempSync } from "node:fs"; import { tmpdir } from "node:os"; console.log(mkdtempSync(tmpdir() + "/work-")); setInterval(() => {}, 1000);',
  );
  worker(
    'parent',
    'import { spawn } from "node:child_process"; console.log(spawn("sleep", ["60"]).pid); setInterval(() => {}, 1000);',
  );
});
beforeEach(() => {
  events = [];
});
afterAll(async () => {
  client.destroy();
  await machines.close();
  await cloud.end();
});

/** The user data of these tests is JSON: the environment of a worker. */
function programOf({ userData }: Pick<Instance, 'userData'>): Program {
  const environment = JSON.parse(userData) as { WORKER: string };
  const { WORKER: name } = environment;
  return { name, main: join(cloud.folder, 'workers', name, 'main.ts'), environment };
}

function worker(name: string, code: string): void {
  cloud.write(`workers/${name}/main.ts`, `${code}\nexport {};\n`);
}

function request(name: string, more: Partial<RunInstancesCommandInput> = {}): RunInstancesCommandInput {
  const userData = JSON.stringify({ WORKER: name, JOB_ID: 'job-abc', TASK_TOKEN: 'token' });
  return {
    MinCount: 1,
    MaxCount: 1,
    ImageId: 'ami-1',
    InstanceType: 'c5.large',
    SubnetId: 'subnet-1',
    SecurityGroupIds: ['sg-1'],
    IamInstanceProfile: { Arn: 'arn:aws:iam::123456789012:instance-profile/worker' },
    InstanceMarketOptions: { MarketType: 'spot', SpotOptions: { SpotInstanceType: 'one-time' } },
    InstanceInitiatedShutdownBehavior: 'terminate',
    MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'app:worker', Value: name }] }],
    UserData: Buffer.from(userData).toString('base64'),
    ...more,
  };
}

async function run(name: string, more: Partial<RunInstancesCommandInput> = {}) {
  const { Instances = [] } = await client.send(new RunInstancesCommand(request(name, more)));
  const [instance] = Instances;
  if (!instance?.InstanceId) throw new Error('no instance');
  return { ...instance, id: instance.InstanceId };
}

async function describe1(id: string) {
  const { Reservations } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0];
}

const reached = (id: string, state: string) =>
  eventually(`${id} ${state}`, async () => (await describe1(id))?.State?.Name === state);
const printed = (id: string, text: RegExp = /./) =>
  eventually(`${id} to print ${text}`, () =>
    cloud.lines.find(({ source, text: line }) => source.endsWith(id) && text.test(line)),
  );
const statesOf = (id: string) =>
  events.flatMap(({ detail }) => {
    const { 'instance-id': who, state } = detail as Record<string, string>;
    return who === id ? [state] : [];
  });

describe('RunInstances', () => {
  test('starts the worker that the user data names, with only its environment', async () => {
    process.env.SECRET_OF_THE_CLOUD = 'x';
    const { id } = await run('printer');
    const { text } = await printed(id, /^\{/);
    delete process.env.SECRET_OF_THE_CLOUD;
    const environment = JSON.parse(text);
    expect(environment).toMatchObject({
      WORKER: 'printer',
      JOB_ID: 'job-abc',
      TASK_TOKEN: 'token',
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_CLOUD');
  });

  test('gives each instance a disk, which is deleted with it, even when it is killed', async () => {
    const { id } = await run('writer');
    const { text } = await printed(id, /work-/);
    expect(text.startsWith(join(cloud.folder, 'disks', id))).toBe(true);
    expect(existsSync(text)).toBe(true);
    machines.kill(id);
    await reached(id, 'terminated');
    expect(existsSync(join(cloud.folder, 'disks', id))).toBe(false);
  });

  test('returns a pending Spot instance, which terminates when its worker ends', async () => {
    const instance = await run('printer');
    expect(instance).toMatchObject({
      InstanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      SpotInstanceRequestId: expect.stringMatching(/^sir-/),
      InstanceType: 'c5.large',
      State: { Name: 'pending', Code: 0 },
      Tags: [{ Key: 'app:worker', Value: 'printer' }],
    });
    await reached(instance.id, 'terminated');
    expect(statesOf(instance.id)).toEqual(['pending', 'running', 'shutting-down', 'terminated']);
    expect(events[0]).toEqual({
      source: 'aws.ec2',
      detailType: 'EC2 Instance State-change Notification',
      resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${instance.id}`],
      detail: { 'instance-id': instance.id, state: 'pending' },
    });
  });

  test('starts one machine per client token and refuses the token for another call', async () => {
    const first = await run('printer', { ClientToken: 'once' });
    const second = await run('printer', { ClientToken: 'once' });
    expect(second.id).toBe(first.id);
    await expect(run('printer', { ClientToken: 'once', InstanceType: 't3.micro' })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatch',
    });
  });

  test('refuses a type that has no capacity', async () => {
    noCapacity.add('p5.48xlarge');
    await expect(run('printer', { InstanceType: 'p5.48xlarge' })).rejects.toMatchObject({
      name: 'InsufficientInstanceCapacity',
    });
  });

  test('refuses user data over 16 KB and unsupported parameters', async () => {
    const UserData = Buffer.alloc(16_385, 'x').toString('base64');
    await expect(run('printer', { UserData })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(run('printer', { MaxCount: 2 })).rejects.toThrow(/not supported by the local cloud/);
    await expect(run('printer', { LaunchTemplate: { LaunchTemplateId: 'lt-1' } })).rejects.toThrow(
      'ec2:RunInstances with LaunchTemplate is not supported by the local cloud',
    );
  });

  test('terminates a machine whose user data does not name a worker', async () => {
    const { id } = await run('printer', { UserData: Buffer.from('#!/bin/sh').toString('base64') });
    await reached(id, 'terminated');
  });
});

describe('Describe operations', () => {
  test('find machines by tag, state and token', async () => {
    const { id } = await run('sleeper', { ClientToken: 'find-me' });
    await reached(id, 'running');
    await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'a:b', Value: 'c<&>' }] }));
    const find = async (...filters: [string, string][]) => {
      const Filters = filters.map(([Name, value]) => ({ Name, Values: [value] }));
      const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ Filters }));
      return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId));
    };
    expect(await find(['tag:a:b', 'c<&>'], ['instance-state-name', 'running'])).toEqual([id]);
    expect(await find(['tag:a:b', 'c<&>'], ['instance-state-name', 'pending'])).toEqual([]);
    expect(await find(['client-token', 'find-me'])).toEqual([id]);
    await expect(find(['no-such-filter', 'x'])).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const { SpotInstanceRequests = [] } = await client.send(new DescribeSpotInstanceRequestsCommand({}));
    expect(SpotInstanceRequests.find(({ InstanceId }) => InstanceId === id)).toMatchObject({
      State: 'active',
      Status: { Code: 'fulfilled' },
    });
    await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  });

  test('name an unknown machine', async () => {
    await expect(describe1('i-00000000000000000')).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
      message: "The instance ID 'i-00000000000000000' does not exist",
    });
  });
});

describe('TerminateInstances', () => {
  test('ends the worker and everything that it started', async () => {
    const { id } = await run('parent');
    const grandchild = identify(Number((await printed(id, /^\d+$/)).text)) as ProcessIdentity;
    const { TerminatingInstances } = await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    expect(TerminatingInstances?.[0]).toMatchObject({
      PreviousState: { Name: 'running', Code: 16 },
      CurrentState: { Name: 'shutting-down', Code: 32 },
    });
    await reached(id, 'terminated');
    expect((await describe1(id))?.StateReason?.Code).toBe('Client.UserInitiatedShutdown');
    await eventually('the end of the grandchild', () => !isAlive(grandchild));
  });

  test('kills a worker that ignores SIGTERM', async () => {
    const { id } = await run('stubborn');
    await printed(id, /ready/);
    await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await printed(id, /^no$/);
    await reached(id, 'terminated');
  });
});

describe('a Spot notice', () => {
  test('is in the metadata and on the bus, and the machine ends after two minutes', async () => {
    const { id } = await run('sleeper');
    await printed(id, /ready/);
    machines.giveSpotNotice(id);
    expect(events.at(-1)).toEqual({
      source: 'aws.ec2',
      detailType: 'EC2 Spot Instance Interruption Warning',
      resources: [`arn:aws:ec2:us-east-1a:instance/${id}`],
      detail: { 'instance-id': id, 'instance-action': 'terminate' },
    });
    expect((await describe1(id))?.State?.Name).toBe('running');
    await reached(id, 'terminated');
    expect((await describe1(id))?.StateReason?.Code).toBe('Server.SpotInstanceTermination');
  });
});

describe('after the cloud has stopped', () => {
  test('dead machines are found and their end is announced', async () => {
    const earlier = startMachines('restart.json');
    cloud.gateway.serve('ec2', createEc2Service({ account, machines: earlier }));
    const { id } = await run('sleeper');
    await printed(id, /ready/);
    await earlier.close();
    events = [];
    const later = startMachines('restart.json');
    cloud.gateway.serve('ec2', createEc2Service({ account, machines: later }));
    expect((await describe1(id))?.State?.Name).toBe('running');
    later.resume();
    await reached(id, 'terminated');
    expect(statesOf(id)).toEqual(['shutting-down', 'terminated']);
    later.resume();
    expect(statesOf(id)).toHaveLength(2);
    cloud.gateway.serve('ec2', createEc2Service({ account, machines }));
  });

  test('workers and their child processes end after kill -9', async () => {
    const modules = new URL('.', import.meta.url).href;
    const script = cloud.write(
      'killed-cloud.ts',
      `import { createMachines } from '${modules}machines.ts';
       import { openInstanceStore } from '${modules}instance-store.ts';
       import { instanceFor } from '${modules}run-instances.ts';
       import { Form } from '${modules}form.ts';
       const store = openInstanceStore('${cloud.folder}/killed.json');
       const machines = createMachines({
         account: { id: '123456789012', region: 'us-east-1' }, endpoint: 'http://127.0.0.1:1', store,
         programOf: () => ({ name: 'parent', main: '${cloud.folder}/workers/parent/main.ts', environment: {} }),
         publish: async () => {}, log: ({ text }) => console.log(text),
       });
       const form = Form.parse(process.argv[2]);
       machines.launch(instanceFor(form, store, () => true).instance);`,
    );
    const form = new URLSearchParams({ ImageId: 'ami-1', MinCount: '1', MaxCount: '1' });
    const killed = spawn(process.execPath, [script, String(form)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [chunk] = await new Promise<Buffer[]>((resolve) =>
      killed.stdout.once('data', (...all) => resolve(all)),
    );
    const grandchild = identify(Number(String(chunk))) as ProcessIdentity;
    const instance = openInstanceStore(join(cloud.folder, 'killed.json')).list()[0];
    const child = instance?.process as ProcessIdentity;
    expect([isAlive(grandchild), isAlive(child)]).toEqual([true, true]);
    killed.kill('SIGKILL');
    await eventually('the end of both', () => !isAlive(child) && !isAlive(grandchild));
  });

  test('a leftover worker is ended, but no other process', async () => {
    const left = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const store = openInstanceStore(join(cloud.folder, 'orphans.json'));
    const earlier = startMachines('orphans.json');
    const sample = machines.store.list()[0];
    if (!sample || !left.pid || !bystander.pid) throw new Error('the processes did not start');
    const running = { ...sample, state: 'running' as const, endAnnounced: false };
    store.save({ ...running, id: 'i-left', process: identify(left.pid) as ProcessIdentity });
    store.save({ ...running, id: 'i-reused', process: { pid: bystander.pid, startedAt: '1' } });
    await earlier.close();
    startMachines('orphans.json').resume();
    await eventually('the end of the orphan', () => left.pid && !identify(left.pid));
    expect(identify(bystander.pid)).toBeDefined();
    bystander.kill('SIGKILL');
    expect(statesOf('i-reused')).toEqual(['shutting-down', 'terminated']);
  });
});
