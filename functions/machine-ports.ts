import { jobStore } from '../aws/job-store.ts';
import { machineStore } from '../aws/machine-store.ts';
import { runningMachines, taskHash, terminateInstance } from '../aws/spot.ts';
import type { Environment } from '../config/variables.ts';
import { currentMachines } from './current-machines.ts';

/**
 * Binds what all functions need that start or end machines. `staying` is the table of machines that stay; undefined where none
 * does.
 */
export function machinePorts(env: Environment<'DYNAMODB_JOBS_TABLE' | 'DYNAMODB_MACHINES_TABLE'>) {
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const staying = env.DYNAMODB_MACHINES_TABLE === '' ? undefined : machineStore(env.DYNAMODB_MACHINES_TABLE);
  return {
    jobs,
    staying,
    runningMachines: currentMachines({ runningMachines, taskHash, stayingMachines: staying?.all }),
    terminateInstance,
    taskHash,
    findJob: jobs.get,
    endMachine: jobs.endMachine,
    now: () => new Date(),
  };
}
