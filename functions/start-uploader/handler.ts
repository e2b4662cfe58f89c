import { launchSpot } from '../../aws/spot.ts';
import { startUploader, uploader } from '../../config/environments.ts';
import { environmentOf, rawEnvironment } from '../environment.ts';
import { machinePorts } from '../machine-ports.ts';
import { traced } from '../traced.ts';
import { run } from './start-uploader.ts';

const env = environmentOf('start-uploader', startUploader);
const { jobs, staying, ...ports } = machinePorts(env);

export const handler = traced('start-uploader', env.TRACING, (event) =>
  run(event, {
    ...ports,
    workerEnvironment: rawEnvironment(uploader),
    machine: {
      imageId: env.UPLOADER_AMI_ID,
      instanceTypes: env.UPLOADER_INSTANCE_TYPE,
      subnetIds: env.UPLOADER_SUBNET_ID,
      securityGroupId: env.UPLOADER_SECURITY_GROUP_ID,
      instanceProfileArn: env.UPLOADER_IAM_INSTANCE_PROFILE,
    },
    handOver: staying?.handOver,
    updateJob: jobs.update,
    startShard: jobs.startShard,
    addMachine: jobs.addMachine,
    launchSpot,
  }),
);
