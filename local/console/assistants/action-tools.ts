/** The tools of an assistant that act, each as the console's button does. */
import * as z from 'zod';
import { JobId } from '../../../domain/job.ts';
import { startExecution } from '../actions/executions.ts';
import { rerun } from '../actions/rerun.ts';
import { giveVerdict, Verdict } from '../actions/review.ts';
import { runFrom } from '../actions/run-from.ts';
import { reportedError } from '../reported-error.ts';
import type { RoutePorts } from '../routes.ts';
import type { Offer } from './offer.ts';
import { Execution } from './read-tools.ts';

export function offerActions(offer: Offer, ports: RoutePorts): void {
  const { cloud, access, executions, jobs } = ports;
  const byExecution = z.object({ execution: Execution });
  const byJob = z.object({ job: JobId });

  offer.changes(
    'invoke_function',
    'Runs one function with an event, and returns its result and log. It works on the real data of the local cloud, or with sandbox on tables and a bucket for samples, as it does by default with a sample event about a job.',
    z.object({
      function: z.string().min(1).max(100),
      event: z.record(z.string(), z.unknown()).default({}),
      sandbox: z.boolean().optional(),
    }),
    (given) => cloud.control.run('invoke', given),
  );
  offer.adds(
    'start_execution',
    'Starts an execution of a state machine; without one, of the pipeline, which makes the next chapters into videos.',
    z.object({
      machine: z.string().min(1).max(80).optional(),
      name: z.string().min(1).max(80).optional(),
      input: z.record(z.string(), z.unknown()).default({}),
    }),
    async ({ input, ...given }) => ({
      execution: await startExecution({ ...given, input: JSON.stringify(input) }, ports),
    }),
  );
  offer.changes(
    'stop_execution',
    'Stops a running execution.',
    byExecution,
    async ({ execution: executionArn }) => {
      await access.states('StopExecution', { executionArn, cause: 'Stopped by an assistant' });
      return { stopped: executionArn };
    },
  );
  offer.adds(
    'redrive_execution',
    'Continues a failed, stopped or timed-out execution at the state that failed.',
    byExecution,
    async ({ execution: executionArn }) => {
      await access.states('RedriveExecution', { executionArn });
      return { redriven: executionArn };
    },
  );
  offer.adds(
    'redrive_executions',
    'Does the same for several executions, one after the other. One that is refused does not stop the others.',
    z.object({ executions: z.array(Execution).min(1).max(100) }),
    async ({ executions: arns }) => {
      const items: { execution: string; problem?: string }[] = [];
      for (const executionArn of arns)
        items.push(
          await access.states('RedriveExecution', { executionArn }).then(
            () => ({ execution: executionArn }),
            (error) => ({ execution: executionArn, problem: reportedError(error).message }),
          ),
        );
      return { items, redriven: items.filter(({ problem }) => problem === undefined).length };
    },
  );
  offer.adds(
    'run_from_state',
    'Starts an execution at a state that an earlier one entered, with the input that it had there or another one. Its job is a copy, beside that of the earlier execution.',
    z.object({
      execution: Execution,
      event: z.int().positive().describe('id of the event of list_events that entered the state'),
      input: z.record(z.string(), z.unknown()).optional().describe('in place of the input of the state'),
    }),
    async ({ execution, event, input }) => {
      const start = { event, ...(input && { input: JSON.stringify(input) }) };
      return { execution: await runFrom(await executions.details(execution), start, ports) };
    },
  );
  offer.changes(
    'run_job_again',
    'Stops the execution that works on a job, and sends the job through the whole flow again. Steps whose result exists are skipped.',
    byJob,
    async ({ job }) => ({ execution: await rerun(await jobs.named(job), [], ports) }),
  );
  offer.changes(
    'review_job',
    'Gives a verdict on a job that waits for a person. approve speaks a doubtful chapter or publishes a finished video; reject blocks a doubtful or failed chapter, or releases that of the video; retry makes a doubtful or failed chapter again. Ask the user first.',
    byJob.extend({
      verdict: z.enum(['approve', 'reject', 'retry']),
      reason: z.string().max(1000).optional().describe('needed to reject and to retry'),
    }),
    async ({ job, ...given }) => {
      const verdict = Verdict.parse(given);
      await giveVerdict(await jobs.named(job), verdict, ports);
      return { job, verdict: verdict.verdict };
    },
  );
}
