/** What the operations of the API work with, and what an operation is. */

import type { Engine } from '../engine.ts';
import type { Executions } from '../store/executions.ts';
import type { Machines } from '../store/machines.ts';
import type { MapRuns } from '../store/map-runs.ts';
import type { Owner } from './arns.ts';

export interface ServiceParts {
  readonly owner: Owner;
  readonly engine: Engine;
  readonly machines: Machines;
  readonly executions: Executions;
  readonly mapRuns: MapRuns;
  /** Values for `${name}` in definitions; definitions are taken as they are when there are none. */
  readonly placeholders: Readonly<Record<string, string>> | undefined;
}

/** Takes the parsed request, answers the response's fields. Throws ApiError. */
export type Operation = (parts: ServiceParts, input: unknown) => Promise<object>;

export type Operations = Readonly<Record<string, Operation>>;
