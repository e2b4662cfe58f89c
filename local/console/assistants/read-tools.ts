/** The tools of an assistant that only read. */
import { z } from 'zod';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { JobId, JobStatus } from '../../../domain/job.ts';
import { Refusal } from '../responses.ts';
import type { RoutePorts } from '../routes.ts';
import { slimEvent } from '../slim-event.ts';
import type { Offer } from './offer.ts';
import { Page, pageOf } from './reply.ts';

export const Execution = z.string().startsWith('arn:').max(500).describe('ARN of an execution');
const FunctionName = z.string().min(1).max(100).describe('a name that list_functions returns');
/** Characters of an artifact in one reply. */
const part = 20_000;

export function offerReads(offer: Offer, ports: RoutePorts): void {
  const { cloud, access, executions, functions, jobs, logs } = ports;
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Refusal(404, `${what} does not exist, or no longer exists`);
    return value;
  };

  offer(
    'list_executions',
    {
      about: 'Lists the executions of all state machines of the local cloud, newest first, at most 100.',
      input: Page,
      effect: 'reads',
    },
    async (page) => pageOf(await executions.list(), page),
  );
  offer(
    'describe_execution',
    {
      about: 'Shows the status, input, output, error and cause of an execution, and the ids of its jobs.',
      input: z.object({ execution: Execution }),
      effect: 'reads',
    },
    async ({ execution }) => {
      const { drawing: _, ...details } = await executions.details(execution);
      return { ...details, jobs: [...executions.jobsOf(execution)].slice(-100) };
    },
  );
  offer(
    'list_events',
    {
      about: 'Lists the events of an execution, oldest first, without their data; read_event has it.',
      input: Page.extend({ execution: Execution }),
      effect: 'reads',
    },
    async ({ execution, after, limit }) => {
      await access.states('DescribeExecution', { executionArn: execution });
      const events = cloud.history(execution, after, limit + 1).map((text) => slimEvent(JSON.parse(text)));
      const items = events.slice(0, limit).map(([id, , time, type, name, note]) => ({
        id,
        time: new Date(time).toISOString(),
        type,
        ...(name && { name }),
        ...(note && { note }),
      }));
      return { items, ...(events.length > limit && { next: after + limit }) };
    },
  );
  offer(
    'read_event',
    {
      about: 'Shows one event of an execution with its input, output, error and cause.',
      input: z.object({ execution: Execution, id: z.int().positive() }),
      effect: 'reads',
    },
    async ({ execution, id }) => {
      await access.states('DescribeExecution', { executionArn: execution });
      return found(executions.event(execution, id), `The event ${id}`);
    },
  );
  offer(
    'list_jobs',
    {
      about: 'Lists the jobs, newest first: a job makes the video of one chapter.',
      input: Page.extend({ status: JobStatus.optional().describe('only jobs with this status') }),
      effect: 'reads',
    },
    async ({ status, ...page }) =>
      pageOf(
        (await jobs.list()).filter((job) => status === undefined || job.status === status),
        page,
      ),
  );
  offer(
    'describe_job',
    {
      about:
        'Shows a job: its chapter, progress, costs, failure or doubts, its executions, and how many artifacts it has.',
      input: z.object({ job: JobId }),
      effect: 'reads',
    },
    async ({ job }) => {
      const [details, runs] = await Promise.all([jobs.details(job), executions.ofJob(job)]);
      const { artifacts, ...shown } = found(details, `The job ${job}`);
      return { ...shown, artifacts: artifacts.length, executions: runs };
    },
  );
  offer(
    'list_artifacts',
    {
      about: 'Lists the files that a job has made: pages, panels, script, speech, video.',
      input: Page.extend({ job: JobId }),
      effect: 'reads',
    },
    async ({ job, ...page }) => pageOf(found(await jobs.details(job), `The job ${job}`).artifacts, page),
  );
  offer(
    'read_artifact',
    {
      about: `Reads a text artifact of a job, such as script.json or doubt.json, ${part} characters at a time.`,
      input: z.object({
        job: JobId,
        path: z
          .string()
          .max(200)
          .regex(
            /^[\w-]+(?:\/[\w-]+)*\.(?:json|srt|txt)$/,
            'a path of list_artifacts that ends in json, srt or txt',
          ),
        from: z.int().min(0).default(0).describe('first character: `next` of the previous reply'),
      }),
      effect: 'reads',
    },
    async ({ job, path, from }) => {
      const stored = await access.object(`${artifactsOf(job).root}${path}`);
      const text = found(stored.ok ? await stored.text() : undefined, path);
      const pieces = Array.from({ length: 5 }, (_, index) =>
        text.slice(from + (index * part) / 5, from + ((index + 1) * part) / 5),
      );
      const next = from + part;
      return { characters: text.length, text: pieces, ...(next < text.length && { next }) };
    },
  );
  offer(
    'find_logs',
    {
      about:
        'Finds lines of the log, newest first, by job, by function or kind of machine, by request, and by text.',
      input: Page.extend({
        job: JobId.optional(),
        source: z
          .string()
          .max(100)
          .optional()
          .describe('a function such as scriptgen, or renderer, uploader, states'),
        request: z.string().max(100).optional().describe('request id of an invocation'),
        text: z.string().max(200).optional().describe('text that the line contains'),
      }),
      effect: 'reads',
    },
    ({ job = null, source = null, request = null, text = '', ...page }) =>
      pageOf(
        logs
          .find({ job, source, request, limit: Number.POSITIVE_INFINITY })
          .filter((line) => line.text.includes(text))
          .reverse(),
        page,
      ),
  );
  offer(
    'list_functions',
    {
      about: 'Lists the functions of the pipeline: purpose, memory, time limit, latest invocation.',
      input: Page,
      effect: 'reads',
    },
    async (page) => pageOf(await functions.list(), page),
  );
  offer(
    'describe_function',
    {
      about: 'Shows sample events of a function, and its latest invocations with event and result.',
      input: Page.extend({ function: FunctionName }),
      effect: 'reads',
    },
    async ({ function: name, ...page }) => {
      const { samples, invocations } = found(await functions.details(name), `The function ${name}`);
      return { samples, invocations: pageOf(invocations, page) };
    },
  );
}
