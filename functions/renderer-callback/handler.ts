import { jobStore } from '../../aws/job-store.ts';
import { describeInstance, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { taskCallback } from '../../aws/task-callback.ts';
import { rendererCallback } from '../../config/environments.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { run } from './renderer-callback.ts';

const env = environmentOf('renderer-callback', rendererCallback);
const { log, logged } = functionLog('renderer-callback', env.TRACING);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

export const handler = logged((event) =>
  run(event, {
    describeInstance,
    runningMachines,
    terminateInstance,
    findJob: jobs.get,
    endMachine: jobs.endMachine,
    now: () => new Date(),
    taskHash,
    failTask: taskCallback.fail,
    log,
  }),
);
