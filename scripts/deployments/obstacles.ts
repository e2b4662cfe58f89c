import type { DeploymentRecord, Versions } from '../../domain/deployment-record.ts';
import { wideningOf } from '../plan-summary/widening.ts';

export interface ObstaclePorts {
  hasVersion(name: string, version: string): Promise<boolean>;
  /** Whether a worker's code is in the bucket, was deleted but can be brought back, or is lost. */
  bundle(url: string): Promise<'there' | 'deleted' | 'lost'>;
  hasImage(id: string): Promise<boolean>;
  /** The policies of today, by role. */
  policies(): Promise<Readonly<Record<string, string>>>;
}

/** Returns why a deployment can't be returned to, one line each; none when it can. */
export async function obstaclesTo(
  target: DeploymentRecord,
  today: Pick<DeploymentRecord, 'stored_schema'>,
  ports: ObstaclePorts,
): Promise<string[]> {
  const { functions, bundles, image, policies, stored_schema } = target;
  const missing = await filtered(Object.entries(functions), async (one) => !(await ports.hasVersion(...one)));
  const lost = await filtered(
    Object.entries(bundles),
    async ([, url]) => (await ports.bundle(url)) === 'lost',
  );
  return [
    ...(stored_schema === today.stored_schema
      ? []
      : [
          `stored data: it reads version ${stored_schema}, and version ${today.stored_schema} has been written since (domain/stored-schema.ts)`,
        ]),
    ...missing.map(([name, version]) => `${name}: version ${version} no longer exists`),
    ...lost.map(([worker, url]) => `${worker}: ${url} was deleted more than 30 days ago`),
    ...(image && !(await ports.hasImage(image)) ? [`machine image: ${image} no longer exists`] : []),
    ...lostPermissions(policies, await ports.policies()),
  ];
}

/** Returns the roles whose policy has changed since: they stay as they are today. */
export const changedRoles = (
  then: Readonly<Record<string, string>>,
  today: Readonly<Record<string, string>>,
): string[] =>
  Object.keys({ ...then, ...today })
    .filter((role) => then[role] !== today[role])
    .sort();

/** Old code gets today's permissions, since Terraform keeps those. Returns what a role could do then and can't today. */
function lostPermissions(
  then: Readonly<Record<string, string>>,
  today: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(then).flatMap(([role, policy]) => {
    const now = today[role];
    if (now === undefined) return [`role ${role}: no longer exists`];
    const lost = wideningOf(now, policy);
    if (!lost) return [`role ${role}: its policy can't be read`];
    return lost.map(
      ({ actions, resources }) =>
        `role ${role}: can no longer ${actions.join(', ')} on ${resources.join(', ')}`,
    );
  });
}

async function filtered<T>(items: readonly T[], isKept: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(isKept));
  return items.filter((_, index) => kept[index]);
}

/** Returns the names of functions whose live version is in no record, and `state machine` if its definition is not. */
export function unrecorded(live: Versions, records: readonly DeploymentRecord[]): string[] {
  const functions = Object.entries(live.functions).filter(
    ([name, version]) => !records.some((record) => record.functions[name] === version),
  );
  const isKnown = records.some(({ definition }) => definition === live.definition);
  return [...functions.map(([name]) => name), ...(isKnown ? [] : ['state machine'])];
}
