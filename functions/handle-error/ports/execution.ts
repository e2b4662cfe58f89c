import { describeExecution, enteredStates, stopExecution } from '../../../aws/executions.ts';
import { claimPolicyOf } from '../../../config/claim-policy.ts';
import type { ExecutionPorts } from '../execution.ts';
import { run } from '../handle-error.ts';
import { failurePorts } from './failure.ts';
import { channels, chapters, common, dayOf, env, jobs } from './stage.ts';

export const executionPorts: ExecutionPorts = {
  ...common,
  describeExecution,
  enteredStates,
  stopExecution,
  failJob: (failed, status) =>
    run(failed, {
      ...failurePorts,
      markJobFailed: (jobId, failure) =>
        jobs.stop(jobId, { status: 'failed', stopped_while: status, ...failure }),
    }),
  reclaimChapter: async (id, jobId) =>
    (await chapters.isHeldBy(id, jobId)) || chapters.claim(id, jobId, claimPolicyOf(env)),
  // An operator continues the job on purpose: it takes its slot even on a day that is full meanwhile.
  async takeSlot(jobId, day, channel) {
    for (const one of channels)
      if (channel === undefined || one.name === channel)
        await one.counter.takeSlot(day ?? dayOf(one, new Date()), jobId, Number.MAX_SAFE_INTEGER);
  },
  resumeJob: jobs.resume,
};
