import { lambdaConcurrency, serviceQuota } from '../../aws/service-quota.ts';
import { launchSpot } from '../../aws/spot.ts';
import { renderer, startRenderer } from '../../config/environments.ts';
import { environmentOf, rawEnvironment } from '../environment.ts';
import { machinePorts } from '../machine-ports.ts';
import { traced } from '../traced.ts';
import { run } from './start-renderer.ts';

const env = environmentOf('start-renderer', startRenderer);
const { jobs, staying, ...ports } = machinePorts(env);

export const handler = traced('start-renderer', env.TRACING, (event) =>
  run(event, {
    ...ports,
    workerEnvironment: rawEnvironment(renderer),
    machine: {
      imageId: env.RENDERER_AMI_ID,
      instanceTypes: env.RENDERER_INSTANCE_TYPE,
      subnetIds: env.RENDERER_SUBNET_ID,
      securityGroupId: env.RENDERER_SECURITY_GROUP_ID,
      instanceProfileArn: env.RENDERER_IAM_INSTANCE_PROFILE,
    },
    handOver: staying?.handOver,
    updateJob: jobs.update,
    startShard: jobs.startShard,
    addMachine: jobs.addMachine,
    launchSpot,
    renderShards: env.RENDER_SHARDS,
    renderShardsOn: env.RENDER_SHARDS_ON,
    lanes: env.LANES,
    concurrentCalls: () => serviceQuota(...lambdaConcurrency),
  }),
);
