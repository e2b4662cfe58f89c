/** The instances of the local EC2, without their user data, which contains a task token. */
import type { Instance } from 'local-aws';

export interface ShownInstance {
  id: string;
  worker: string;
  job?: string;
  type: string;
  spot: boolean;
  state: Instance['state'];
  reason?: string;
  launched: string;
  ended?: string;
}

/** Tags are `manga-pipeline:job` and so on. */
const tagOf = ({ tags }: Instance, name: string): string | undefined =>
  Object.entries(tags).find(([key]) => key.endsWith(`:${name}`))?.[1];

export const jobOfInstance = (instance: Instance): string | undefined => tagOf(instance, 'job');

/** Returns the instances, newest first. */
export function shownInstances(instances: readonly Instance[]): ShownInstance[] {
  return instances
    .map((instance): ShownInstance => {
      const { id, type, spotRequestId, state, stateReason, launchedAt, endedAt } = instance;
      const job = jobOfInstance(instance);
      return {
        id,
        worker: tagOf(instance, 'worker') ?? 'instance',
        ...(job && { job }),
        type,
        spot: spotRequestId !== undefined,
        state,
        ...(stateReason && { reason: stateReason.message }),
        launched: launchedAt,
        ...(endedAt && { ended: endedAt }),
      };
    })
    .sort((one, other) => other.launched.localeCompare(one.launched));
}
