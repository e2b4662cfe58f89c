/** A local Step Functions service: API, engine and store. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { startNestedWith } from './api/express.ts';
import { finishDeleting } from './api/machines.ts';
import { RedriveTokens } from './api/redrives.ts';
import type { ServiceParts } from './api/service.ts';
import { answer } from './api/wire.ts';
import { type Clock, realClock } from './clock.ts';
import { Engine } from './engine.ts';
import type { HistoryEvent } from './history.ts';
import { checkIntegrations, mockProblem } from './integration-checks.ts';
import { createObjectStore } from './map-run/s3.ts';
import { type StatusChange, StatusChanges } from './status-changes.ts';
import { openActivities } from './store/activities.ts';
import { openDatabase } from './store/database.ts';
import { openDefinitions } from './store/definitions.ts';
import { openExecutions } from './store/executions.ts';
import { openMachines } from './store/machines.ts';
import { openMapRuns } from './store/map-runs.ts';
import { openVersions } from './store/versions.ts';
import { createTaskCaller } from './task/caller.ts';
import { type Endpoints, endpointsOf } from './task/endpoints.ts';
import { createServiceClient } from './task/http.ts';
import { SdkThread } from './task/sdk/thread.ts';

export type { Clock } from './clock.ts';
export type { HistoryEvent } from './history.ts';
export {
  BadHistory,
  parseHistory,
  type RecordedHistory,
  type StateEntry,
  stateEntries,
} from './recorded-history.ts';
export type { StatusChange } from './status-changes.ts';
export { type Endpoints, endpointsOf };

export interface StatesServiceOptions {
  /** Directory of the SQLite file; the store ends with the process when left out. */
  readonly directory?: string;
  /** Twelve digits; 123456789012 when left out. */
  readonly accountId?: string;
  /** us-east-1 when left out. */
  readonly region?: string;
  /** Base URLs of the services that tasks call; a definition that calls another service is refused. */
  readonly endpoints: Endpoints;
  /** Values for `${name}` in definitions. When given, a definition with an unknown name is refused. */
  readonly placeholders?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Called with every history event once it is stored. */
  readonly onEvent?: (event: { executionArn: string; event: HistoryEvent }) => void;
  /**
   * Called when an execution starts, ends or is redriven, as EventBridge is on AWS. A change whose promise has not resolved
   * when the service ends is reported again when the store is opened the next time.
   */
  readonly onStatusChange?: (change: StatusChange) => Promise<unknown>;
}

export interface StatesService {
  /** Handles a request of the Step Functions API. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Returns stored events of an execution as JSON texts in order: at most `limit` after the event with the id `after`.
   * In-process readers use it to read a long history without the API's pages.
   */
  history(executionArn: string, after: number, limit: number): string[];
  /**
   * Stores pending changes, stops timers and aborts calls to services. Executions continue when the store is opened
   * again.
   */
  close(): Promise<void>;
}

/** Opens the store and continues the executions that were running when it was closed or killed. */
export async function createStatesService(options: StatesServiceOptions): Promise<StatesService> {
  const owner = { accountId: options.accountId ?? '123456789012', region: options.region ?? 'us-east-1' };
  const database = openDatabase(options.directory);
  const definitions = openDefinitions(database);
  const executions = openExecutions(database, definitions);
  const mapRuns = openMapRuns(database);
  const client = createServiceClient();
  const sdk = new SdkThread();
  const { endpoints } = options;
  const changes = options.onStatusChange && new StatusChanges(executions, options.onStatusChange);
  const shared = {
    objects: createObjectStore(client, endpoints, owner.region),
    caller: createTaskCaller({ endpoints, region: owner.region, client, sdk }),
    startNested: startNestedWith(() => parts),
    clock: options.clock ?? realClock,
    region: owner.region,
  };
  const engine = new Engine({
    ...shared,
    store: executions,
    mapRuns,
    onEvent: options.onEvent,
    onStatus: changes && ((record) => changes.report(record)),
  });
  const parts: ServiceParts = {
    owner,
    engine,
    shared,
    machines: openMachines(database, definitions),
    versions: openVersions(database),
    activities: openActivities(database),
    executions,
    mapRuns,
    redrives: new RedriveTokens(() => engine.now()),
    placeholders: options.placeholders,
    checkIntegrations: (text) => checkIntegrations(text, endpoints, sdk),
    mockProblem: (arn, result, strict) => mockProblem(arn, result, strict, sdk),
  };
  engine.resume();
  for (const arn of parts.machines.deleting()) finishDeleting(parts, arn);
  changes?.resume();
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
      changes?.close();
      client.close();
      sdk.close();
      database.close();
    },
  };
}
