/** The tools of an assistant that only read. */
import * as z from 'zod';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { JobId, JobStatus } from '../../../domain/job.ts';
import { Refusal } from '../responses.ts';
import type { RoutePorts } from '../routes.ts';
import { slimEvent } from '../slim-event.ts';
import type { Offer } from './offer.ts';
import { Page, pageOf } from './reply.ts';

export const Execution = z.string().regex(/^arn:/).max(500).describe('ARN of an execution');
const FunctionName = z.string().min(1).max(100).describe('a name that list_functions returns');
/** Characters of an artifact in one reply. */
const part = 20_000;

export function offerReads(offer: Offer, ports: RoutePorts): void {
  const { cloud, access, executions, functions, jobs, logs } = ports;
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Refusal(404, `${what} does not exist, or no longer exists`);
    return value;
  };

  offer.reads(
    'list_executions',
    'Lists the executions of all state machines of the local cloud, newest first, at most 100.',
    Page,
    async (page) => pageOf(await executions.list(), page),
  );
  offer.reads(
    'describe_execution',
    'Shows the status, input, output, error and cause of an execution, and the ids of its jobs.',
    z.object({ execution: Execution }),
    async ({ execution }) => {
      const { drawing: _, ...details } = await executions.details(execution);
      return { ...details, jobs: [...executions.jobsOf(execution)].slice(-100) };
    },
  );
  offer.reads(
    'list_events',
    'Lists the events of an execution, oldest first, without their data; read_event has it.',
    Page.extend({ execution: Execution }),
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
  offer.reads(
    'read_event',
    'Shows one event of an execution with its input, output, error and cause.',
    z.object({ execution: Execution, id: z.int().positive() }),
    async ({ execution, id }) => {
      await access.states('DescribeExecution', { executionArn: execution });
      return found(executions.event(execution, id), `The event ${id}`);
    },
  );
  offer.reads(
    'list_jobs',
    'Lists the jobs, newest first: a job makes the video of one chapter.',
    Page.extend({ status: JobStatus.optional().describe('only jobs with this status') }),
    async ({ status, ...page }) =>
      pageOf(
        (await jobs.list()).filter((job) => status === undefined || job.status === status),
        page,
      ),
  );
  offer.reads(
    'describe_job',
    'Shows a job: its chapter, progress, costs, failure or doubts, its executions, and how many artifacts it has.',
    z.object({ job: JobId }),
    async ({ job }) => {
      const [details, runs] = await Promise.all([jobs.details(job), executions.ofJob(job)]);
      const { artifacts, ...shown } = found(details, `The job ${job}`);
      return { ...shown, artifacts: artifacts.length, executions: runs };
    },
  );
  offer.reads(
    'list_artifacts',
    'Lists the files that a job has made: pages, panels, script, speech, video.',
    Page.extend({ job: JobId }),
    async ({ job, ...page }) => pageOf(found(await jobs.details(job), `The job ${job}`).artifacts, page),
  );
  offer.reads(
    'read_artifact',
    `Reads a text artifact of a job, such as script.json or doubt.json, ${part} characters at a time.`,
    z.object({
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
  offer.reads(
    'find_logs',
    'Finds lines of the log, newest first, by job, by function or kind of machine, by request, and by text.',
    Page.extend({
      job: JobId.optional(),
      source: z
        .string()
        .max(100)
        .optional()
        .describe('a function such as scriptgen, or renderer, uploader, states'),
      request: z.string().max(100).optional().describe('request id of an invocation'),
      text: z.string().max(200).optional().describe('text that the line contains'),
    }),
    ({ job = null, source = null, request = null, text = '', ...page }) =>
      pageOf(
        logs
          .find({ job, source, request, limit: Number.POSITIVE_INFINITY })
          .filter((line) => line.text.includes(text))
          .reverse(),
        page,
      ),
  );
  offer.reads(
    'list_functions',
    'Lists the functions of the pipeline: purpose, memory, time limit, latest invocation.',
    Page,
    async (page) => pageOf(await functions.list(), page),
  );
  offer.reads(
    'describe_function',
    'Shows sample events of a function, and its latest invocations with event and result.',
    Page.extend({ function: FunctionName }),
    async ({ function: name, ...page }) => {
      const { samples, invocations } = found(await functions.details(name), `The function ${name}`);
      return { samples, invocations: pageOf(invocations, page) };
    },
  );
}
