import { setTimeout as wait } from 'node:timers/promises';
import type { HistoryEvent } from 'step-functions-local';
import type { PipelineRecords } from '../records.ts';
import { type Execution, jobIn, type PipelineExecutions, stateIn } from './executions.ts';
import type { ProgressDisplay } from './progress.ts';

/** Milliseconds between two reads of the job. */
const interval = 300;

/** Follows an execution through its events and its job's progress until it ends. */
export function watcher(display: ProgressDisplay) {
  let state = '';
  let jobId: string | undefined;
  const isWork = new Set<string>();

  return {
    /** Handles an event of the engine. */
    onEvent(event: HistoryEvent): void {
      if (event.type === 'TaskStateEntered') isWork.add(stateIn(event)?.name ?? '');
      const entered = stateIn(event);
      // States such as Choice take no time and would only flicker.
      if (entered?.entered && isWork.has(entered.name)) state = entered.name;
      jobId = jobIn(event) ?? jobId;
    },

    /** Returns the job of the latest event that names one. */
    get jobId() {
      return jobId;
    },

    async untilEnd(
      executionArn: string,
      executions: PipelineExecutions,
      records: PipelineRecords,
    ): Promise<Execution> {
      for (const event of await executions.history(executionArn)) this.onEvent(event);
      for (;;) {
        const execution = await executions.describe(executionArn);
        const job = jobId === undefined ? undefined : await records.job(jobId);
        if (state) display.update(state, job?.progress);
        if (execution.status !== 'RUNNING') return execution;
        await wait(interval);
      }
    },
  };
}
