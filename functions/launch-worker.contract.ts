import type { RunningMachine, SpotRequest } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import { type Job, type JobStatus, taskTokensOf } from '../domain/job.ts';
import { parseUserData, WorkerTask } from '../domain/worker-task.ts';
import type { LaunchPorts } from './launch-worker.ts';

export function fixture(running: RunningMachine[] = []) {
  const record: Partial<Job> = { job_id: 'job-abc123' };
  const requests: SpotRequest[] = [];
  const terminated: string[] = [];
  const ports: LaunchPorts = {
    machine: {
      imageId: 'ami-1',
      instanceTypes: ['c5.2xlarge'],
      subnetIds: ['subnet-1'],
      securityGroupId: 'sg-1',
      instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/renderer',
    },
    workerEnvironment: { S3_BUCKET: 'artifacts' },
    runningMachines: async () => running,
    taskHash: (token) => `hash of ${token}`,
    updateJob: async (_, changes) => {
      for (const [field, value] of Object.entries(changes)) {
        if (value === null) delete record[field as keyof Job];
        else Object.assign(record, { [field]: value });
      }
    },
    startShard: async (_, status, shard, token) => {
      Object.assign(record, { status, shard_tokens: { ...record.shard_tokens, [shard]: token } });
    },
    addMachine: async (_, id, machine) => {
      record.machines = { ...record.machines, [id]: machine };
    },
    now: () => new Date('2026-02-07T10:00:00Z'),
    handOver: undefined,
    endMachine: async () => true,
    launchSpot: async (request) => {
      requests.push(request);
      return { instance_id: 'i-1', instance_type: 'c5.2xlarge', spot_request_id: 'sir-1' };
    },
    terminateInstance: async (id) => {
      terminated.push(id);
    },
  };
  return { record, requests, terminated, ports };
}

const input = { job_id: 'job-abc123', task_token: 'token-1' };

/** Behaviour that start-renderer and start-uploader share. */
export function describeLauncher(
  run: (input: unknown, ports: LaunchPorts) => Promise<unknown>,
  worker: WorkerName,
  status: JobStatus,
): void {
  test('launches a machine whose user data carries the task, and returns the specified result', async () => {
    const { ports, requests, record } = fixture();
    expect(await run(input, ports)).toEqual({
      job_id: 'job-abc123',
      instance_id: 'i-1',
      instance_type: 'c5.2xlarge',
      spot_request_id: 'sir-1',
    });
    expect(parseUserData(requests[0]?.userData ?? '')).toEqual({
      WORKER: worker,
      JOB_ID: 'job-abc123',
      TASK_TOKEN: 'token-1',
      S3_BUCKET: 'artifacts',
    });
    expect(record).toMatchObject({
      status,
      task_token: 'token-1',
      instance_id: 'i-1',
      spot_request_id: 'sir-1',
      machines: { 'i-1': { worker, type: 'c5.2xlarge', started_at: '2026-02-07T10:00:00.000Z' } },
    });
  });

  test('writes the token on the job before the machine exists', async () => {
    const { ports, record } = fixture();
    await expect(
      run(input, { ...ports, launchSpot: () => Promise.reject(new Error('no capacity')) }),
    ).rejects.toThrow();
    expect(record).toMatchObject({ task_token: 'token-1' });
    expect(record.instance_id).toBeUndefined();
  });

  const machine = (instanceId: string, token: string, shard?: number): RunningMachine => ({
    instanceId,
    type: 'c5.2xlarge',
    spotRequestId: 'sir-1',
    jobId: 'job-abc123',
    taskHash: `hash of ${token}`,
    shard,
  });

  test('launches the machine of a shard next to those of the others, in place of its earlier one', async () => {
    const { ports, requests, record, terminated } = fixture([
      machine('i-2', 'token-0', 2),
      machine('i-3', 'token-3', 3),
    ]);
    record.task_token = 'token-of-the-whole';
    await run({ ...input, shard: { number: 2, of: 3 } }, ports);
    expect(terminated).toEqual(['i-2']);
    expect(requests[0]?.shard).toBe(2);
    expect(WorkerTask.parse(parseUserData(requests[0]?.userData ?? '')).SHARD).toEqual({ number: 2, of: 3 });
    expect(record).toMatchObject({
      ...{ status, task_token: 'token-of-the-whole', shard_tokens: { 2: 'token-1' } },
      machines: { 'i-1': { worker } },
    });
    expect(record.instance_id).toBeUndefined();
  });

  test('terminates the machines of shards before the whole task begins, and waits for none that EC2 did not list', async () => {
    const { ports, record, terminated } = fixture([
      machine('i-2', 'token-2', 2),
      machine('i-3', 'token-3', 3),
    ]);
    record.shard_tokens = { 2: 'token-2', 3: 'token-3', 4: 'token-4' };
    await run(input, ports);
    expect(terminated).toEqual(['i-2', 'i-3']);
    expect(taskTokensOf(record)).toEqual(['token-1']);
  });

  test.each([
    { number: 0, of: 3 },
    { number: 4, of: 3 },
    { number: 1, of: 1 },
    { number: 1.5, of: 3 },
  ])('refuses the shard %j', async (shard) => {
    await expect(run({ ...input, shard }, fixture().ports)).rejects.toThrow();
  });

  test('terminates the machine of an earlier attempt before it starts the next', async () => {
    const { ports, terminated } = fixture([machine('i-0', 'token-0')]);
    await run(input, {
      ...ports,
      launchSpot: (request) => ports.launchSpot(request).finally(() => terminated.push('launched')),
    });
    expect(terminated).toEqual(['i-0', 'launched']);
  });

  test('keeps its own machine when it is called again', async () => {
    const { ports, terminated } = fixture([machine('i-1', 'token-1')]);
    await run(input, ports);
    expect(terminated).toEqual([]);
  });

  test('does not overwrite the status of a job whose machine was faster', async () => {
    const { ports, record } = fixture();
    const launchSpot: LaunchPorts['launchSpot'] = (request) => {
      record.status = 'published';
      return ports.launchSpot(request);
    };
    await run(input, { ...ports, launchSpot });
    expect(record).toMatchObject({ status: 'published', instance_id: 'i-1' });
  });
}
