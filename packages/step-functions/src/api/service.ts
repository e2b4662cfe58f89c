/** The type of an operation of the API, and the parts that operations use. */

import type { SharedParts } from '../alone.ts';
import type { Engine } from '../engine.ts';
import type { Json } from '../json.ts';
import type { ActivityStore } from '../store/activities.ts';
import type { Executions } from '../store/executions.ts';
import type { Machines } from '../store/machines.ts';
import type { MapRuns } from '../store/map-runs.ts';
import type { Versions } from '../store/versions.ts';
import type { Owner } from './arns.ts';
import type { RedriveTokens } from './redrives.ts';

export interface ServiceParts {
  readonly owner: Owner;
  readonly engine: Engine;
  readonly machines: Machines;
  readonly versions: Versions;
  readonly activities: ActivityStore;
  readonly executions: Executions;
  readonly mapRuns: MapRuns;
  readonly redrives: RedriveTokens;
  /** Values for `${name}` in definitions; undefined leaves placeholders as they are. */
  readonly placeholders: Readonly<Record<string, string>> | undefined;
  /** The parts that a state which runs alone shares with the engine. */
  readonly shared: SharedParts;
  /** Throws InvalidDefinition for tasks that cannot be called here. */
  readonly checkIntegrations: (definition: string) => Promise<void>;
  /** Returns why a mocked result of a resource does not conform to the model of its service. */
  readonly mockProblem: (arn: string, result: Json, strict: boolean) => Promise<string | undefined>;
}

/** Takes the parsed request and returns the fields of the response; `gone` aborts when the caller hangs up. Throws ApiError. */
type Operation = (parts: ServiceParts, input: unknown, gone: AbortSignal) => Promise<object>;

export type Operations = Readonly<Record<string, Operation>>;
