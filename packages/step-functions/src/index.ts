/** Step Functions on one machine: its API, its engine, its store. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { startNestedWith } from './api/express.ts';
import type { ServiceParts } from './api/service.ts';
import { answer } from './api/wire.ts';
import { type Clock, realClock } from './clock.ts';
import { Engine } from './engine.ts';
import type { HistoryEvent } from './history.ts';
import { createObjectStore } from './map-run/s3.ts';
import { openDatabase } from './store/database.ts';
import { openDefinitions } from './store/definitions.ts';
import { openExecutions } from './store/executions.ts';
import { openMachines } from './store/machines.ts';
import { openMapRuns } from './store/map-runs.ts';
import { createTaskCaller, type Endpoints } from './task/caller.ts';
import { createServiceClient } from './task/http.ts';

export type { Clock } from './clock.ts';
export type { HistoryEvent } from './history.ts';
export {
  BadHistory,
  parseHistory,
  type RecordedHistory,
  type StateEntry,
  stateEntries,
} from './recorded-history.ts';
export type { Endpoints } from './task/caller.ts';

export interface StatesServiceOptions {
  /** Where the SQLite file lives; in memory when left out. */
  readonly directory?: string;
  /** Twelve digits; 123456789012 when left out. */
  readonly accountId?: string;
  /** us-east-1 when left out. */
  readonly region?: string;
  /** Base URLs of the services that tasks call, or where to ask for them at each call. */
  readonly endpoints: Endpoints;
  /** Values for `${name}` in definitions. When given, a definition with a name that is not here is refused. */
  readonly placeholders?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Told about every history event once it is stored. */
  readonly onEvent?: (event: { executionArn: string; event: HistoryEvent }) => void;
}

export interface StatesService {
  /** Answers a request of the Step Functions API. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Stored events of an execution as JSON texts, in order: at most `limit` after the one with the id `after`. For
   * readers in this process, which a long history reaches without going through the API page by page.
   */
  history(executionArn: string, after: number, limit: number): string[];
  /** Stores what is left, stops timers, and breaks off calls to services: opened again, executions go on. */
  close(): Promise<void>;
}

/** Opens the store and takes up the executions that were running when it was last closed, or killed. */
export async function createStatesService(options: StatesServiceOptions): Promise<StatesService> {
  const owner = { accountId: options.accountId ?? '123456789012', region: options.region ?? 'us-east-1' };
  const database = openDatabase(options.directory);
  const definitions = openDefinitions(database);
  const executions = openExecutions(database, definitions);
  const mapRuns = openMapRuns(database);
  const client = createServiceClient();
  const engine = new Engine({
    store: executions,
    mapRuns,
    objects: createObjectStore(client, options.endpoints.s3, owner.region),
    caller: createTaskCaller(options.endpoints, owner.region, client),
    startNested: startNestedWith(() => parts),
    clock: options.clock ?? realClock,
    region: owner.region,
    onEvent: options.onEvent,
  });
  const parts: ServiceParts = {
    owner,
    engine,
    machines: openMachines(database, definitions),
    executions,
    mapRuns,
    placeholders: options.placeholders,
  };
  engine.resume();
  return {
    handle(request, response) {
      void answer(parts, request, response);
    },
    history(executionArn, after, limit) {
      const record = executions.find(executionArn);
      return record ? executions.events(record.key, limit, after, false) : [];
    },
    async close() {
      engine.close();
      client.close();
      database.close();
    },
  };
}
