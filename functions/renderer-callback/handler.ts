import { jobStore } from '../../aws/job-store.ts';
import { machineStore } from '../../aws/machine-store.ts';
import { describeInstance, runningMachines, taskHash, terminateInstance } from '../../aws/spot.ts';
import { taskCallback } from '../../aws/task-callback.ts';
import { rendererCallback } from '../../config/environments.ts';
import { currentMachines } from '../current-machines.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { run } from './renderer-callback.ts';

const env = environmentOf('renderer-callback', rendererCallback);
const { log, logged } = functionLog('renderer-callback', env.TRACING);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const machines = machineStore(env.DYNAMODB_MACHINES_TABLE);
const stays = env.DYNAMODB_MACHINES_TABLE !== '';

export const handler = logged((event) =>
  run(event, {
    describeInstance,
    runningMachines: currentMachines({
      runningMachines,
      taskHash,
      stayingMachines: stays ? machines.all : undefined,
    }),
    staying: stays ? { all: machines.all, get: machines.get, remove: machines.remove } : undefined,
    terminateInstance,
    findJob: jobs.get,
    endMachine: jobs.endMachine,
    now: () => new Date(),
    taskHash,
    failTask: taskCallback.fail,
    log,
  }),
);
