import { jobStore } from '../../aws/job-store.ts';
import { describeInstance, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { taskCallback } from '../../aws/task-callback.ts';
import { environmentOf } from '../environment.ts';
import { run } from './renderer-callback.ts';

const env = environmentOf('renderer-callback');
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

export const handler = (event: unknown) =>
  run(event, {
    describeInstance,
    runningMachines,
    terminateInstance,
    findJob: jobs.get,
    taskHash,
    failTask: taskCallback.fail,
  });
