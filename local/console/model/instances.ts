/** The instances of the local EC2, without their user data, which contains a task token. */
import type { Instance } from 'local-aws';
import type { LocalCloud } from '../../cloud-interface.ts';

export interface ShownInstance {
  id: string;
  worker: string;
  /** The job of its current or last task. */
  job?: string;
  /** Up after its task, for another one. */
  waits: boolean;
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

/** Returns the job that an instance works for; by its tags the one that it was started for. */
export const jobOfInstance = (instance: Instance, taskOf: LocalCloud['taskOf']): string | undefined =>
  taskOf(instance.id)?.job ?? tagOf(instance, 'job');

/** Returns the instances, newest first. */
export function shownInstances(
  instances: readonly Instance[],
  taskOf: LocalCloud['taskOf'],
): ShownInstance[] {
  return instances
    .map((instance): ShownInstance => {
      const { id, type, spotRequestId, state, stateReason, launchedAt, endedAt } = instance;
      const job = jobOfInstance(instance, taskOf);
      return {
        id,
        worker: tagOf(instance, 'worker') ?? 'instance',
        ...(job && { job }),
        waits: taskOf(id)?.waits ?? false,
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
