import { jobStore } from '../../aws/job-store.ts';
import { machineStore } from '../../aws/machine-store.ts';
import { launchSpot, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { startUploader, uploader } from '../../config/environments.ts';
import { currentMachines } from '../current-machines.ts';
import { environmentOf, rawEnvironment } from '../environment.ts';
import { traced } from '../traced.ts';
import { run } from './start-uploader.ts';

const env = environmentOf('start-uploader', startUploader);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const machines = machineStore(env.DYNAMODB_MACHINES_TABLE);
const stays = env.DYNAMODB_MACHINES_TABLE !== '';

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
    runningMachines: currentMachines({
      runningMachines,
      taskHash,
      stayingMachines: stays ? machines.all : undefined,
    }),
    handOver: stays ? machines.handOver : undefined,
    taskHash,
    updateJob: jobs.update,
    startShard: jobs.startShard,
    addMachine: jobs.addMachine,
    endMachine: jobs.endMachine,
    now: () => new Date(),
    launchSpot,
    terminateInstance,
  }),
);
