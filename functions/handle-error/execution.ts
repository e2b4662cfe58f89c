import * as z from 'zod';
import type { ExecutionState } from '../../aws/executions.ts';
import { mainChannel } from '../../domain/channel.ts';
import { ExecutionStopped } from '../../domain/errors.ts';
import { chaptersHeldBy, type Job, JobId, type JobStatus, statusesAtWork } from '../../domain/job.ts';

/** EventBridge: `Step Functions Execution Status Change`. */
export const StatusChange = z.object({
  source: z.literal('aws.states'),
  detail: z.object({ executionArn: z.string() }),
});

export interface ExecutionPorts {
  describeExecution(executionArn: string): Promise<ExecutionState | undefined>;
  /** Yields the states that the execution entered, in order. */
  enteredStates(executionArn: string): AsyncIterable<{ state: string; input: string }>;
  stopExecution(executionArn: string, error: string, cause: string): Promise<void>;
  findJob(jobId: JobId): Promise<Job | undefined>;
  /** Fails a job as the flow does, and keeps the status that it had. */
  failJob(
    failure: { job_id: JobId; error: object; state: string; execution_id: string },
    status: JobStatus,
  ): Promise<unknown>;
  /** Returns whether the job has the chapter, or has it again. */
  reclaimChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  releaseChapter(chapterId: string, jobId: JobId): Promise<unknown>;
  /**
   * Takes the job's slot of the day again; `day` if the job names it. Without a channel it takes one of each: the fetcher keeps that of
   * the channel that the chapter is for.
   */
  takeSlot(jobId: JobId, day: string | undefined, channel: string | undefined): Promise<void>;
  resumeJob(jobId: JobId, status: JobStatus): Promise<void>;
}

const OfJob = z.object({
  job_id: JobId,
  error: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

interface JobStates {
  last: string;
  /** The failure that the flow gave to HandleError. */
  caught?: { state: string; error: object };
}

/** Returns the last state of each job of the execution and its caught failure, in the order of the jobs. */
async function jobsOf(executionArn: string, ports: ExecutionPorts): Promise<Map<JobId, JobStates>> {
  const jobs = new Map<JobId, JobStates>();
  for await (const { state, input } of ports.enteredStates(executionArn)) {
    const job = OfJob.safeParse(JSON.parse(input));
    if (!job.success) continue;
    const { job_id, error = {} } = job.data;
    const before = jobs.get(job_id);
    const caught = state === 'HandleError' ? { state: before?.last ?? 'unknown', error } : before?.caught;
    jobs.set(job_id, { last: state, ...(caught && { caught }) });
  }
  return jobs;
}

function errorOf({ status, error, cause }: ExecutionState, state: string) {
  const reason = [error, cause].filter(Boolean).join(': ');
  const told = reason && `: ${reason}`;
  if (status === 'ABORTED')
    return { Error: new ExecutionStopped().name, Cause: `The execution was stopped in ${state}${told}` };
  if (status === 'TIMED_OUT')
    return { Error: 'States.Timeout', Cause: `The execution exceeded its time limit in ${state}${told}` };
  return { Error: error ?? 'States.TaskFailed', Cause: `The execution ended in ${state}${told}` };
}

/** Gives a stopped job what it had, or stops its execution again when another job has one of its chapters. */
async function resume(job: Job, status: JobStatus, executionArn: string, ports: ExecutionPorts) {
  const { job_id, counted_on } = job;
  const claimed: string[] = [];
  for (const id of chaptersHeldBy(job)) {
    if (await ports.reclaimChapter(id, job_id)) {
      claimed.push(id);
      continue;
    }
    for (const one of claimed) await ports.releaseChapter(one, job_id);
    const cause = `${job_id} can't continue: another job has taken its chapter ${id} since, or it is blocked`;
    await ports.stopExecution(executionArn, new ExecutionStopped().name, cause);
    return;
  }
  // The record of a job for the first channel names none, and its series is known when its chapter is stored.
  const channel = job.channel ?? (job.manga_id === undefined ? undefined : mainChannel);
  await ports.takeSlot(job_id, counted_on, channel);
  await ports.resumeJob(job_id, status);
}

/**
 * Whether an execution is a child of a distributed Map: `…:execution:machine/label:name`, where a name of a machine has no slash. The
 * job of a shard is that of its run, so the end of the shard says nothing about it. The pages of EventBridge do not say which machine
 * the event of a child names.
 */
export const isOfMapRun = (executionArn: string): boolean => !!executionArn.split(':').at(-2)?.includes('/');

/**
 * Brings the jobs of an execution in line with its state: one that has ended leaves no job at work, one that was redriven
 * gets its last job back. The event only names the execution, since events can arrive twice, late and in another order.
 */
export async function alignJobs({ detail }: z.infer<typeof StatusChange>, ports: ExecutionPorts) {
  const { executionArn } = detail;
  let seen = await ports.describeExecution(executionArn);
  while (seen) {
    await alignOnce(executionArn, seen, ports);
    // A redrive or a stop in the meantime could have been reported before this call was done.
    const now = await ports.describeExecution(executionArn);
    if (now?.status === seen.status && now.redriveCount === seen.redriveCount) break;
    seen = now;
  }
  return { execution_id: executionArn, status: seen?.status ?? 'UNKNOWN' };
}

async function alignOnce(executionArn: string, state: ExecutionState, ports: ExecutionPorts): Promise<void> {
  const jobs = [...(await jobsOf(executionArn, ports))];
  for (const [index, [job_id, { last, caught }]] of jobs.entries()) {
    const job = await ports.findJob(job_id);
    // A held job that a person approved, and one that is run again, continue in another execution.
    const owner = job?.continued_in ?? job?.reviewed_in;
    if (owner && owner !== executionArn) continue;
    const isLast = index === jobs.length - 1;
    if (state.status === 'RUNNING') {
      if (isLast && job?.stopped_while) await resume(job, job.stopped_while, executionArn, ports);
      continue;
    }
    // The flow continued after the job; if its failure is not on record, HandleError itself has failed.
    const unrecorded = isLast && state.status !== 'SUCCEEDED' ? undefined : caught;
    // A job without a record can have a slot, and its function can still be running.
    const isOpen = unrecorded !== undefined || (isLast && state.status !== 'SUCCEEDED');
    const status = job ? job.status : isOpen ? 'fetching' : undefined;
    if (status && statusesAtWork.has(status))
      await ports.failJob(
        {
          job_id,
          execution_id: executionArn,
          ...(unrecorded ?? { error: errorOf(state, last), state: last }),
        },
        status,
      );
  }
}
