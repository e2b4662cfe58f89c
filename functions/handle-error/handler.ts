import { DoubtfulInput, recordDoubt } from './doubtful.ts';
import { alignJobs, isOfMapRun, StatusChange } from './execution.ts';
import { run } from './handle-error.ts';
import { doubtfulPorts } from './ports/doubtful.ts';
import { executionPorts } from './ports/execution.ts';
import { failurePorts } from './ports/failure.ts';
import { logged } from './ports/stage.ts';
import { summaryPorts } from './ports/summary.ts';
import { verdictPorts } from './ports/verdict.ts';
import { tellDay } from './summary.ts';
import { recordVerdict, VerdictInput } from './verdict.ts';

/** The form of an event says what it is: a doubtful chapter, a person's verdict, an execution's change of status, or a failure. */
export const handler = logged(async (event) => {
  const doubtful = DoubtfulInput.safeParse(event);
  if (doubtful.success) return recordDoubt(doubtful.data, doubtfulPorts);
  const verdict = VerdictInput.safeParse(event);
  if (verdict.success) return recordVerdict(verdict.data, verdictPorts);
  const change = StatusChange.safeParse(event);
  if (change.success) {
    const { executionArn } = change.data.detail;
    if (isOfMapRun(executionArn)) return { execution_id: executionArn, status: 'UNKNOWN' };
    const aligned = await alignJobs(change.data, executionPorts);
    await tellDay(executionArn, summaryPorts);
    return aligned;
  }
  return run(event, failurePorts);
});
