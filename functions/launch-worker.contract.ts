import type { SpotRequest } from '../aws/spot.ts';
import type { Job, JobStatus } from '../domain/job.ts';
import { parseUserData } from '../domain/worker-task.ts';
import type { WorkerName } from '../workers/manifest.ts';
import type { LaunchPorts } from './launch-worker.ts';

function world(job: Partial<Job> = {}) {
  const record: Partial<Job> = { job_id: 'job-abc123', ...job };
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
    findJob: async () => record as Job,
    updateJob: async (_, changes) => {
      Object.assign(record, changes);
    },
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

/** What start-renderer and start-uploader both promise. */
export function describeLauncher(
  run: (input: unknown, ports: LaunchPorts) => Promise<unknown>,
  worker: WorkerName,
  status: JobStatus,
): void {
  test('launches a machine whose user data carries the task, and answers as the contract says', async () => {
    const { ports, requests, record } = world();
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
    });
  });

  test('has the token on the job before the machine exists', async () => {
    const { ports, record } = world();
    await expect(
      run(input, { ...ports, launchSpot: () => Promise.reject(new Error('no capacity')) }),
    ).rejects.toThrow();
    expect(record).toMatchObject({ task_token: 'token-1' });
    expect(record.instance_id).toBeUndefined();
  });

  test('ends the machine of an earlier attempt before it starts the next', async () => {
    const { ports, terminated } = world({ instance_id: 'i-0', task_token: 'token-0' });
    await run(input, ports);
    expect(terminated).toEqual(['i-0']);
  });

  test('leaves its own machine alone when it is called again', async () => {
    const { ports, terminated } = world({ instance_id: 'i-1', task_token: 'token-1' });
    await run(input, ports);
    expect(terminated).toEqual([]);
  });
}
