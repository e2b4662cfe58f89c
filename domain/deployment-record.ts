import * as z from 'zod';

/** Record of a deployment of a stage, from which a later one can be undone. Times are ISO 8601, UTC. */
export const DeploymentRecord = z.object({
  /** When it was recorded, by the cloud's clock, which also names it. */
  at: z.iso.datetime(),
  /** The deployment whose versions a rollback chose; missing when this is a deployment. */
  returned_to: z.iso.datetime().optional(),
  commit: z.string().optional(),
  stored_schema: z.number().int().positive(),
  /** Version of each function that its alias chose; a version includes the environment. */
  functions: z.record(z.string(), z.string()),
  /** Definition of the state machine. */
  definition: z.string(),
  /** Location of each worker's code, `s3://bucket/key`, and the image; the environment of its start function names them too. */
  bundles: z.record(z.string(), z.string()),
  image: z.string().optional(),
  /** The policy of each role as JSON; empty where there is no IAM. */
  policies: z.record(z.string(), z.string()),
});
export type DeploymentRecord = z.infer<typeof DeploymentRecord>;

/** The part of a deployment that a rollback can choose. */
export type Versions = Pick<DeploymentRecord, 'functions' | 'definition'>;

/** Returns the names of functions with another version in `to`. */
export const changedFunctions = (from: Versions, to: Versions): string[] =>
  Object.keys(to.functions).filter((name) => from.functions[name] !== to.functions[name]);

export const isSame = (one: Versions, other: Versions): boolean =>
  one.definition === other.definition && changedFunctions(one, other).length === 0;

/** Returns the time of a new record: later than the newest one, also within the same second. */
export const timeAfter = (newest: DeploymentRecord | undefined, now: Date): string =>
  new Date(Math.max(now.getTime(), newest ? Date.parse(newest.at) + 1 : 0)).toISOString();
