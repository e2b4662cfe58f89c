import { jobStore } from '../../aws/job-store.ts';
import { machineStore } from '../../aws/machine-store.ts';
import { lambdaConcurrency, serviceQuota, spotVcpus } from '../../aws/service-quota.ts';
import { launchSpot, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { environmentForChannel } from '../../config/channels.ts';
import { renderer, startRenderer } from '../../config/environments.ts';
import { currentMachines } from '../current-machines.ts';
import { environmentOf, rawEnvironment } from '../environment.ts';
import { traced } from '../traced.ts';
import { run } from './start-renderer.ts';

const env = environmentOf('start-renderer', startRenderer);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const machines = machineStore(env.DYNAMODB_MACHINES_TABLE);
const stays = env.DYNAMODB_MACHINES_TABLE !== '';

export const handler = traced('start-renderer', env.TRACING, (event) =>
  run(event, {
    workerEnvironment: rawEnvironment(renderer),
    machine: {
      imageId: env.RENDERER_AMI_ID,
      instanceTypes: env.RENDERER_INSTANCE_TYPE,
      subnetIds: env.RENDERER_SUBNET_ID,
      securityGroupId: env.RENDERER_SECURITY_GROUP_ID,
      instanceProfileArn: env.RENDERER_IAM_INSTANCE_PROFILE,
    },
    runningMachines: currentMachines({
      runningMachines,
      taskHash,
      stayingMachines: stays ? machines.all : undefined,
    }),
    handOver: stays ? machines.handOver : undefined,
    taskHash,
    updateJob: jobs.update,
    startShard: jobs.startShard,
    renderShards: env.RENDER_SHARDS,
    renderShardsOn: env.RENDER_SHARDS_ON,
    lanes: env.LANES,
    videoFormatOf: (channel) => environmentForChannel(env, channel).VIDEO_FORMAT,
    concurrentCalls: () => serviceQuota(...lambdaConcurrency),
    spotVcpus: () => serviceQuota(...spotVcpus),
    findJob: jobs.get,
    addMachine: jobs.addMachine,
    endMachine: jobs.endMachine,
    now: () => new Date(),
    launchSpot,
    terminateInstance,
  }),
);
