/** The console: a page on this machine that shows and controls the local cloud. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { CloudObserver } from 'local-aws';
import type { Config } from '../../config/settings/index.ts';
import { mainChannel } from '../../domain/channel.ts';
import { accessTo, type ShownCloud } from '../cloud-access.ts';
import type { JournalEntry } from '../journal.ts';
import { textsOf } from '../terminal/lines.ts';
import { createGuard, type Guard } from './access.ts';
import { actionRoutes } from './action-routes.ts';
import type { mcpOf } from './assistants/mcp.ts';
import { createLive } from './live.ts';
import { createMask } from './masking.ts';
import { executionsModel } from './model/executions.ts';
import { functionsModel, keepInvocations } from './model/functions.ts';
import { jobOfInstance } from './model/instances.ts';
import { jobsModel } from './model/jobs.ts';
import { createLogs } from './model/logs.ts';
import { keepMessages } from './model/messages.ts';
import { quotaModel } from './model/quota.ts';
import { seriesModel } from './model/series.ts';
import { buildPage, type PageFiles } from './page-files.ts';
import { createPreview } from './preview.ts';
import { reportedError } from './reported-error.ts';
import { Refusal, send, sendAsFile, sendJson, setSafeHeaders } from './responses.ts';
import { createRouter } from './router.ts';
import { readRoutes } from './routes.ts';
import { listen } from './server.ts';
import { type FullEvent, slimEvent } from './slim-event.ts';
import { consoleToken } from './token.ts';

export interface ConsoleOptions {
  /** Folder of the token and the messages. */
  stateDirectory: string;
  config: Config;
}

export interface Console {
  /** Pass this to the cloud when it starts. */
  observer: Partial<CloudObserver> & { traced?(): void };
  /** Serves the page of a running cloud. `exactly`: fail instead of taking another port. */
  open(cloud: ShownCloud, options: { port: number; exactly: boolean }): Promise<OpenConsole>;
}

interface OpenConsole {
  /** Includes the token, which gives full access. */
  url: string;
  close(): Promise<void>;
}

export function createConsole({ stateDirectory, config }: ConsoleOptions): Console {
  const directory = join(stateDirectory, 'console');
  const messages = keepMessages(join(directory, 'messages.json'));
  let cloud: ShownCloud | undefined;
  const mask = createMask(() => cloud?.secretTexts() ?? []);
  const live = createLive(mask);
  const logs = createLogs((id) => {
    const instance = cloud?.instances().find((one) => one.id === id);
    return instance && cloud && jobOfInstance(instance, cloud.taskOf);
  });
  const invocations = keepInvocations();
  const states = new Map<string, string>();

  function take(entry: JournalEntry): void {
    if (entry.type === 'execution') {
      takeEvent(entry.data.executionArn, entry.data.event);
      return;
    }
    if (entry.type === 'invocation') {
      const { phase, requestId, payload } = entry.data;
      if (phase === 'started') logs.invoked(requestId, payload);
      invocations.take(entry.data, Date.parse(entry.at));
      live.changed('functions');
    }
    for (const text of textsOf(entry)) live.log(logs.add(text, Date.parse(entry.at)));
    if (entry.type === 'fault') live.changed('faults');
    if (entry.type === 'problems') live.changed('problems');
    else if (entry.type !== 'log' && entry.type !== 'invocation') live.journal(entry);
  }

  function takeEvent(executionArn: string, event: FullEvent): void {
    live.history(executionArn, () => slimEvent(event));
    const { type } = event;
    if (type.endsWith('StateEntered')) {
      states.set(executionArn, String(event.stateEnteredEventDetails?.name ?? ''));
      live.changed('executions');
    } else if (type.startsWith('Execution')) {
      if (type !== 'ExecutionStarted' && type !== 'ExecutionRedriven') states.delete(executionArn);
      live.changed('executions');
      live.changed(`execution:${executionArn}`);
    }
  }

  return {
    observer: {
      tableWritten(table) {
        live.changed(table === cloud?.resources.jobsTable ? 'jobs' : 'quota');
        live.changed(`table:${table}`);
      },
      objectWritten(_bucket, key) {
        const [, job] = /^jobs\/([^/]+)\//.exec(key) ?? [];
        live.changed(job ? `artifacts:${job}` : 'library');
        live.changed('bucket');
      },
      published(message) {
        messages.add(message);
        live.changed('messages');
      },
      instanceChanged: () => live.changed('instances'),
      traced: () => live.changed('traces'),
    },

    async open(shown, listening) {
      cloud = shown;
      // The journal also has the lines from before the page was open.
      for (const entry of shown.journal.since(0)) take(entry);
      const unsubscribe = shown.journal.subscribe(take);
      const access = accessTo(shown);
      const executions = executionsModel(shown, access);
      const jobs = jobsModel(shown, access, config);
      const preview = createPreview(shown, config, join(directory, 'preview'));
      const ports = {
        cloud: shown,
        access,
        config,
        live,
        messages,
        logs,
        mask,
        preview,
        executions,
        functions: functionsModel(shown, access, invocations),
        jobs,
        ledgers: quotaModel(shown, access, config, jobs),
        series: seriesModel(shown, access, jobs, [mainChannel, ...Object.keys(config.channels)]),
        async stateOf(arn: string) {
          if (states.has(arn)) return states.get(arn);
          // The execution was running before the cloud restarted.
          const found = await executions.lastState(arn);
          if (found && !states.has(arn)) states.set(arn, found);
          return states.get(arn);
        },
      };
      const token = consoleToken(join(directory, 'token.json'));
      const read = createRouter(readRoutes(ports));
      const act = createRouter(actionRoutes(ports));
      let guard: Guard | undefined;
      let page: Promise<PageFiles> | undefined;
      let assistants: Promise<ReturnType<typeof mcpOf>> | undefined;
      // Retries a failed build at the next request, since somebody could be editing the page.
      const pageFiles = () => {
        page ??= buildPage();
        page.catch(() => {
          page = undefined;
        });
        return page;
      };

      async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { pathname: path, searchParams: query } = new URL(`http://console${request.url}`);
        const access = guard?.accessOf(request) ?? 'refused';
        if (access === 'refused')
          throw new Refusal(403, 'The console serves only its own page on this machine');
        const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
        if (path === '/mcp') {
          if (access !== 'act') throw new Refusal(401, 'An assistant needs the key of the console');
          // The library is loaded when an assistant needs it.
          assistants ??= import('./assistants/mcp.ts').then(({ mcpOf }) => mcpOf(ports));
          return (await assistants)(request, response);
        }
        if (!path.startsWith('/api/')) return sendPage(path, method, await pageFiles(), response);
        if (access === 'page')
          throw new Refusal(401, 'Open the console with the address that make dev shows');
        if (method === 'POST' && path === '/api/session' && access === 'act') {
          response.setHeader('set-cookie', guard?.cookie ?? '');
          return sendJson(response, '{}');
        }
        const found = read(method, path) ?? (access === 'act' ? act(method, path) : undefined);
        if (!found)
          throw new Refusal(
            act(method, path) ? 401 : 404,
            `${method} ${path} is not allowed or does not exist`,
          );
        const answer = await found.route({ request, response, parameters: found.parameters, query });
        if (response.headersSent) return;
        if (answer === undefined) throw new Refusal(404, 'That does not exist, or no longer exists');
        if (!query.has('export')) return sendJson(response, mask(JSON.stringify(answer)));
        sendAsFile(response, `${decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))}.json`);
        sendJson(response, mask(JSON.stringify(answer, null, 2)));
      }

      const server = await listen((request, response) => {
        setSafeHeaders(response);
        handle(request, response).catch((error) => refuse(request, response, error));
      }, listening);
      guard = createGuard(token, server.port);
      // Builds the page before the first request; an earlier request waits for the same build.
      const early = setTimeout(() => void pageFiles().catch(() => {}), 500).unref();
      return {
        url: `http://127.0.0.1:${server.port}/#token=${token}`,
        close() {
          clearTimeout(early);
          unsubscribe();
          live.close();
          preview.close();
          return server.close();
        },
      };
    },
  };
}

function sendPage(path: string, method: string, files: PageFiles, response: ServerResponse): void {
  if (method !== 'GET') throw new Refusal(405, 'The page is read-only');
  const [type = '', text = ''] = (Object.hasOwn(files, path) ? files[path] : files['/']) ?? [];
  send(response, type, text);
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  request.resume();
  if (response.headersSent) return void response.destroy();
  const { status, message } = reportedError(error);
  sendJson(response, JSON.stringify({ message }), status);
}
