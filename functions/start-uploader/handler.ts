import { jobStore } from '../../aws/job-store.ts';
import { launchSpot, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { startUploader, uploader } from '../../config/environments.ts';
import { environmentOf, rawEnvironment } from '../environment.ts';
import { traced } from '../traced.ts';
import { run } from './start-uploader.ts';

const env = environmentOf('start-uploader', startUploader);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

export const handler = traced('start-uploader', env.TRACING, (event) =>
  run(event, {
    workerEnvironment: rawEnvironment(uploader),
    machine: {
      imageId: env.UPLOADER_AMI_ID,
      instanceTypes: env.UPLOADER_INSTANCE_TYPE,
      subnetIds: env.UPLOADER_SUBNET_ID,
      securityGroupId: env.UPLOADER_SECURITY_GROUP_ID,
      instanceProfileArn: env.UPLOADER_IAM_INSTANCE_PROFILE,
    },
    runningMachines,
    taskHash,
    updateJob: jobs.update,
    startShard: jobs.startShard,
    addMachine: jobs.addMachine,
    now: () => new Date(),
    launchSpot,
    terminateInstance,
  }),
);
