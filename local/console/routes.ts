/** Routes of everything that the page reads. */

import type { Config } from '../../config/settings/index.ts';
import type { CloudAccess, ShownCloud } from '../cloud-access.ts';
import { listLibrary } from './actions/library.ts';
import { sendArtifact, sendFile } from './artifact-files.ts';
import { dataRoutes } from './data-routes.ts';
import { type Listing, pageOf } from './listing.ts';
import type { Live } from './live.ts';
import { audienceModel } from './model/audience.ts';
import { definitionOf } from './model/definition.ts';
import { type ExecutionSummary, executionListing, type executionsModel } from './model/executions.ts';
import { offeredFaults } from './model/faults.ts';
import type { functionsModel } from './model/functions.ts';
import { shownInstances } from './model/instances.ts';
import { type JobsModel, jobListing } from './model/jobs.ts';
import type { Logs } from './model/logs.ts';
import type { keepMessages } from './model/messages.ts';
import type { Ledgers } from './model/quota.ts';
import type { seriesModel } from './model/series.ts';
import type { Preview } from './preview.ts';
import { needed, Refusal, send } from './responses.ts';
import type { Routes } from './router.ts';
import { sendHistory } from './send-history.ts';

export interface RoutePorts {
  cloud: ShownCloud;
  access: CloudAccess;
  config: Config;
  live: Live;
  executions: ReturnType<typeof executionsModel>;
  functions: ReturnType<typeof functionsModel>;
  jobs: JobsModel;
  preview: Preview;
  logs: Logs;
  messages: ReturnType<typeof keepMessages>;
  ledgers(): Promise<Ledgers>;
  series: ReturnType<typeof seriesModel>;
  /** Returns the state that a running execution entered last. */
  stateOf(arn: string): Promise<string | undefined>;
  mask(text: string): string;
}

export function readRoutes(ports: RoutePorts): Routes {
  const {
    cloud,
    access,
    config,
    live,
    executions,
    functions,
    jobs,
    logs,
    messages,
    ledgers,
    series,
    stateOf,
    mask,
  } = ports;
  const audience = audienceModel(access, jobs);
  const withStates = (list: readonly ExecutionSummary[]) =>
    Promise.all(
      list.map(async (one) => ({
        ...one,
        at: one.status === 'RUNNING' ? await stateOf(one.arn) : undefined,
      })),
    );
  const listed = <Row>(rows: readonly Row[], listing: Listing<Row>, query: URLSearchParams) =>
    pageOf(rows, listing, query, cloud.clock.now());
  return {
    'GET /api/live': ({ response, query }) => live.add(response, query.get('execution') ?? undefined),
    'GET /api/about': () => ({
      now: cloud.clock.now(),
      speed: cloud.clock.speed,
      endpoint: cloud.endpoint,
      region: cloud.region,
      machine: cloud.stateMachineArn.split(':').at(-1),
      functions: Object.keys(cloud.functionArns),
      review: config.review,
      publisher: config.publisher,
    }),
    'GET /api/machines': () => executions.machines(),
    'GET /api/machines/:name': ({ parameters }) => executions.machine(parameters.name ?? ''),
    'GET /api/executions': async ({ query }) => {
      const page = listed(await executions.list(), executionListing, query);
      return { ...page, rows: await withStates(page.rows) };
    },
    'GET /api/execution': ({ query }) => executions.details(needed(query.get('arn'), 'arn')),
    'GET /api/execution/children': ({ query }) => executions.childrenOf(needed(query.get('arn'), 'arn')),
    'GET /api/execution/definition': ({ query }) =>
      definitionOf(needed(query.get('arn'), 'arn'), cloud, access),
    'GET /api/execution/jobs': async ({ query }) => {
      const made = await executions.jobsOf(needed(query.get('arn'), 'arn'));
      return (await jobs.list()).filter(({ job_id }) => made.has(job_id)).reverse();
    },
    'GET /api/history': async ({ query, response }) => {
      const arn = needed(query.get('arn'), 'arn');
      if (cloud.history(arn, 0, 1).length === 0)
        throw new Refusal(404, `The execution ${arn} does not exist`);
      if (query.has('export')) return sendHistory(arn, executions.exported(arn, query), mask, response);
      response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
      for await (const events of executions.history(arn, Number(query.get('after') ?? 0)))
        response.write(`${JSON.stringify(events)}\n`);
      response.end();
    },
    'GET /api/event': ({ query }) =>
      executions.event(needed(query.get('arn'), 'arn'), Number(query.get('id'))),
    'GET /api/functions': () => functions.list(),
    'GET /api/functions/:name': ({ parameters }) => functions.details(parameters.name ?? ''),
    'GET /api/jobs': async ({ query }) => listed(await jobs.list(), jobListing, query),
    'GET /api/jobs/:job': async ({ parameters: { job = '' } }) => {
      const [details, runs] = await Promise.all([jobs.details(job), executions.ofJob(job)]);
      return details && { ...details, executions: await withStates(runs) };
    },
    'GET /api/jobs/:job/trace': async ({ parameters }) => ({
      spans: cloud.traceOf((await jobs.named(parameters.job)).job_id),
    }),
    'GET /api/jobs/:job/audience': ({ parameters }) => audience.of(parameters.job ?? ''),
    'GET /api/jobs/:job/captions.vtt': async ({ parameters, response }) => {
      const text = await jobs.captions(parameters.job ?? '');
      if (text === undefined) throw new Refusal(404, 'There are no captions');
      send(response, 'text/vtt; charset=utf-8', mask(text));
    },
    'GET /api/jobs/:job/artifacts/:path*': ({ parameters: { job = '', path = '' }, request, response }) =>
      sendArtifact(job, path, access, request, response),
    'GET /api/jobs/:job/published/:name': async ({
      parameters: { job = '', name = '' },
      request,
      response,
    }) => {
      const file = await jobs.publishedFile(job, name);
      if (!file) throw new Refusal(404, 'That is not a published file');
      return sendFile(file, request, response);
    },
    ...dataRoutes(cloud, access),
    'GET /api/quota': () => ledgers(),
    'GET /api/series': () => series.list(),
    'GET /api/series/:id/cast': ({ parameters }) => series.cast(parameters.id ?? ''),
    'GET /api/logs': ({ query }) => {
      const now = cloud.clock.now();
      return query.has('export') ? { rows: logs.all(query, now) } : logs.page(query, now);
    },
    'GET /api/faults': () => offeredFaults(cloud),
    'GET /api/problems': () => cloud.problems(),
    'GET /api/messages': () => messages.list(),
    'GET /api/instances': () => shownInstances(cloud.instances(), cloud.taskOf),
    'GET /api/library': () => listLibrary(access, cloud.resources.chaptersTable),
  };
}
