import { jobStore } from '../../aws/job-store.ts';
import { launchSpot, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { renderer, startRenderer } from '../../config/environments.ts';
import { environmentOf, rawEnvironment } from '../environment.ts';
import { traced } from '../traced.ts';
import { run } from './start-renderer.ts';

const env = environmentOf('start-renderer', startRenderer);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

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
    runningMachines,
    taskHash,
    updateJob: jobs.update,
    startShard: jobs.startShard,
    renderShards: env.RENDER_SHARDS,
    findJob: jobs.get,
    addMachine: jobs.addMachine,
    now: () => new Date(),
    launchSpot,
    terminateInstance,
  }),
);
