import { createHash } from 'node:crypto';
import {
  type _InstanceType,
  DescribeInstancesCommand,
  EC2ServiceException,
  type Instance,
  paginateDescribeInstances,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ConfigurationError, SpotCapacityUnavailable } from '../domain/errors.ts';
import { ec2 } from './clients/ec2.ts';
import { refusalOf } from './spot-refusals.ts';

/** Tags of every machine of the pipeline; IAM narrows TerminateInstances to them. */
export const instanceTags = {
  worker: 'manga-pipeline:worker',
  job: 'manga-pipeline:job',
  /** Hash of the task token of the machine. */
  task: 'manga-pipeline:task',
  /** Number of the shard of a machine that does a part of the task. */
  shard: 'manga-pipeline:shard',
} as const;

/** Device name in Debian's images, which workers/image builds on. */
const rootDevice = '/dev/xvda';

/** Page of the AWS console that raises an account's quota of vCPUs for standard Spot machines. */
const spotQuotaUrl = 'https://console.aws.amazon.com/servicequotas/home/services/ec2/quotas/L-34B43A08';

export interface SpotRequest {
  worker: string;
  jobId: string;
  taskToken: string;
  /** Number of the shard; undefined for a machine that does the whole task. */
  shard: number | undefined;
  imageId: string;
  /** Tried in order, each type in each subnet. */
  instanceTypes: readonly string[];
  subnetIds: readonly string[];
  securityGroupId: string;
  instanceProfileArn: string;
  userData: string;
  /** GiB of the root volume. */
  volumeSize: number;
}

export interface SpotInstance {
  instance_id: string;
  instance_type: string;
  spot_request_id: string;
}

export interface TaggedInstance {
  worker: string | undefined;
  jobId: string | undefined;
  taskHash: string | undefined;
  state: string | undefined;
}

export interface RunningMachine {
  instanceId: string;
  type: string | undefined;
  spotRequestId: string | undefined;
  jobId: string | undefined;
  taskHash: string | undefined;
  /** Number of its shard; undefined for a machine that does the whole task. */
  shard: number | undefined;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Names a task without revealing its token. */
export const taskHash = (taskToken: string) => sha256(taskToken);

/** Throws if a part is missing: without a Spot request, the machine would be paid for on demand. */
function asSpotInstance(instance: Instance | undefined): SpotInstance {
  const { InstanceId, InstanceType, SpotInstanceRequestId } = instance ?? {};
  if (!InstanceId || !InstanceType) throw new Error('RunInstances returned no instance');
  if (!SpotInstanceRequestId) throw new Error(`EC2 returned ${InstanceId} without its Spot request`);
  return { instance_id: InstanceId, instance_type: InstanceType, spot_request_id: SpotInstanceRequestId };
}

/** Returns the machine that already works on a task, if an earlier call started one. */
async function findRunning(taskToken: string): Promise<SpotInstance | undefined> {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [
        { Name: `tag:${instanceTags.task}`, Values: [taskHash(taskToken)] },
        { Name: 'instance-state-name', Values: ['pending', 'running'] },
      ],
    }),
  );
  const instance = Reservations?.[0]?.Instances?.[0];
  return instance && asSpotInstance(instance);
}

async function runInstance(request: SpotRequest, type: string, subnetId: string): Promise<SpotInstance> {
  const tags = [
    { Key: 'Name', Value: `manga-pipeline-${request.worker}` },
    { Key: instanceTags.worker, Value: request.worker },
    { Key: instanceTags.job, Value: request.jobId },
    { Key: instanceTags.task, Value: taskHash(request.taskToken) },
    ...(request.shard === undefined ? [] : [{ Key: instanceTags.shard, Value: String(request.shard) }]),
  ];
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      // A repeated call returns the same machine; another type or subnet needs another token.
      ClientToken: sha256(`${request.taskToken} ${type} ${subnetId}`),
      MinCount: 1,
      MaxCount: 1,
      ImageId: request.imageId,
      InstanceType: type as _InstanceType,
      SubnetId: subnetId,
      SecurityGroupIds: [request.securityGroupId],
      IamInstanceProfile: { Arn: request.instanceProfileArn },
      InstanceMarketOptions: {
        MarketType: 'spot',
        SpotOptions: { SpotInstanceType: 'one-time', InstanceInterruptionBehavior: 'terminate' },
      },
      InstanceInitiatedShutdownBehavior: 'terminate',
      MetadataOptions: {
        HttpTokens: 'required',
        HttpPutResponseHopLimit: 1,
        InstanceMetadataTags: 'enabled',
      },
      BlockDeviceMappings: [
        {
          DeviceName: rootDevice,
          Ebs: {
            Encrypted: true,
            VolumeType: 'gp3',
            VolumeSize: request.volumeSize,
            DeleteOnTermination: true,
          },
        },
      ],
      UserData: Buffer.from(request.userData).toString('base64'),
      TagSpecifications: [
        { ResourceType: 'instance', Tags: tags },
        { ResourceType: 'volume', Tags: tags },
      ],
    }),
  );
  return asSpotInstance(Instances?.[0]);
}

/** Starts one Spot machine for a task, or returns the one that an earlier call started. */
export async function launchSpot(request: SpotRequest): Promise<SpotInstance> {
  const running = await findRunning(request.taskToken);
  if (running) return running;
  const refusals: string[] = [];
  let isQuota = true;
  for (const type of request.instanceTypes) {
    for (const subnetId of request.subnetIds) {
      try {
        return await runInstance(request, type, subnetId);
      } catch (error) {
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        if (refusal.kind === 'permanent')
          throw new ConfigurationError(`EC2 refuses the ${request.worker}: ${refusal.remedy} (${error})`, {
            cause: error,
          });
        isQuota &&= refusal.kind === 'quota';
        refusals.push(`${type} in ${subnetId}: ${refusal.code}`);
      }
    }
  }
  const tried = refusals.join('; ');
  if (isQuota && (await isAnyMachineUp()))
    throw new SpotCapacityUnavailable(
      `Other machines of the pipeline use up the account's quota of Spot vCPUs; the ${request.worker} waits for their end (${tried})`,
    );
  if (isQuota)
    throw new ConfigurationError(
      `The account's quota of Spot vCPUs is too small for the ${request.worker}; raise it at ${spotQuotaUrl} or set smaller instance types (${tried})`,
    );
  throw new SpotCapacityUnavailable(`No Spot capacity for the ${request.worker} (${tried})`);
}

/** A machine that is shutting down still counts toward the quota. */
async function isAnyMachineUp(): Promise<boolean> {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [
        { Name: `tag:${instanceTags.worker}`, Values: ['renderer', 'uploader'] },
        { Name: 'instance-state-name', Values: ['pending', 'running', 'shutting-down'] },
      ],
    }),
  );
  return Reservations.length > 0;
}

const tagOf = ({ Tags }: Instance, key: string) => Tags?.find((one) => one.Key === key)?.Value;

/** Lists running machines of a worker, in every stage of the account; those of one job, if it is given. */
export async function runningMachines(worker: string, jobId?: string): Promise<RunningMachine[]> {
  const found: RunningMachine[] = [];
  const pages = paginateDescribeInstances(
    { client: ec2 },
    {
      Filters: [
        { Name: `tag:${instanceTags.worker}`, Values: [worker] },
        ...(jobId === undefined ? [] : [{ Name: `tag:${instanceTags.job}`, Values: [jobId] }]),
        { Name: 'instance-state-name', Values: ['pending', 'running'] },
      ],
    },
  );
  for await (const { Reservations = [] } of pages)
    for (const instance of Reservations.flatMap(({ Instances = [] }) => Instances))
      found.push({
        instanceId: instance.InstanceId ?? '',
        type: instance.InstanceType,
        spotRequestId: instance.SpotInstanceRequestId,
        jobId: tagOf(instance, instanceTags.job),
        taskHash: tagOf(instance, instanceTags.task),
        shard: Number(tagOf(instance, instanceTags.shard) ?? 0) || undefined,
      });
  return found;
}

/** Returns what a machine's tags say; undefined if EC2 does not know it, or no longer does. */
export async function describeInstance(instanceId: string): Promise<TaggedInstance | undefined> {
  try {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    const instance = Reservations?.[0]?.Instances?.[0];
    if (!instance) return undefined;
    return {
      worker: tagOf(instance, instanceTags.worker),
      jobId: tagOf(instance, instanceTags.job),
      taskHash: tagOf(instance, instanceTags.task),
      state: instance.State?.Name,
    };
  } catch (error) {
    if (error instanceof EC2ServiceException && error.name === 'InvalidInstanceID.NotFound') return undefined;
    throw error;
  }
}

/** Terminates a machine; succeeds if it is already gone. */
export async function terminateInstance(instanceId: string): Promise<void> {
  try {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
  } catch (error) {
    if (error instanceof EC2ServiceException && error.name === 'InvalidInstanceID.NotFound') return;
    throw error;
  }
}
