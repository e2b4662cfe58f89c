import {
  changedFunctions,
  type DeploymentRecord,
  isSame,
  timeAfter,
  type Versions,
} from '../../domain/deployment-record.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { lastGood, type Past } from './history.ts';
import { changedRoles, type ObstaclePorts, obstaclesTo, unrecorded } from './obstacles.ts';

export interface RollbackPorts extends ObstaclePorts {
  /** The newest first. */
  history(): Promise<Past[]>;
  live(): Promise<Versions>;
  bringBack(url: string): Promise<void>;
  setDefinition(definition: string): Promise<void>;
  chooseVersion(name: string, version: string): Promise<void>;
  putRecord(record: DeploymentRecord): Promise<void>;
  /** The time of the cloud, to the second. */
  now(): Promise<Date>;
  say(line: string): void;
  /** Whether to go ahead. */
  confirm(): Promise<boolean>;
}

/** Returns a stage to a deployment: the one that `to` begins to name, or the last good one. */
export async function rollBack(to: string | undefined, ports: RollbackPorts): Promise<void> {
  const [history, live] = await Promise.all([ports.history(), ports.live()]);
  const records = history.map(({ record }) => record);
  const unknown = unrecorded(live, records);
  if (unknown.length > 0)
    throw new ConfigurationError(
      `${unknown.join(', ')}: what is live is not recorded; run make deploy WHAT=record in the checkout that was deployed`,
    );
  const target = chosen(to, history, live).record;
  const today = Math.max(...records.map(({ stored_schema }) => stored_schema));
  const obstacles = await obstaclesTo(target, { stored_schema: today }, ports);
  if (obstacles.length > 0)
    throw new ConfigurationError(
      `The deployment of ${nameOf(target)} can't be returned to:\n${obstacles.map((one) => `  ${one}`).join('\n')}\nDeploy the code of ${target.commit ?? 'then'} again instead: it gets its permissions and resources with it`,
    );
  const { say } = ports;
  for (const line of changesTo(target, live, records)) say(line);
  const kept = changedRoles(target.policies, await ports.policies());
  if (kept.length > 0 && !isSame(target, live))
    say(`Roles are not rolled back; these keep today's permissions: ${kept.join(', ')}`);
  if (!isSame(target, live) && !(await ports.confirm())) return;

  for (const url of Object.values(target.bundles))
    if ((await ports.bundle(url)) === 'deleted') await ports.bringBack(url);
  // Before the functions, so that an execution that starts meanwhile has the definition that fits them.
  if (live.definition !== target.definition) await ports.setDefinition(target.definition);
  for (const name of changedFunctions(live, target)) await ports.chooseVersion(name, versionOf(target, name));
  const [newest] = records;
  // A run that died after its last change is completed here.
  if (newest && !isSame(newest, target))
    await ports.putRecord({ ...target, at: timeAfter(newest, await ports.now()), returned_to: target.at });
  say(`live: the deployment of ${nameOf(target)}`);
  say(
    'The next make plan shows these versions as a change back to the newest code: revert the commit that was undone before you deploy',
  );
}

const versionOf = ({ functions }: Versions, name: string) => functions[name] ?? '';
export const nameOf = ({ at, commit }: DeploymentRecord) =>
  `${at}${commit ? ` (${commit.slice(0, 12)})` : ''}`;

function chosen(to: string | undefined, history: readonly Past[], live: Versions): Past {
  if (to) {
    const [found, second] = history.filter(({ record }) => record.at.startsWith(to));
    if (found && !second) return found;
    throw new ConfigurationError(
      `TO is ${to}; ${found ? 'several deployments begin' : 'no deployment begins'} with it: make rollback LIST=1 shows them`,
    );
  }
  const good = lastGood(history, live);
  if (good) return good;
  throw new ConfigurationError(
    'No earlier deployment published a video; make rollback LIST=1 shows them, and TO=… chooses one',
  );
}

/** Returns what a rollback changes, in lines. */
function changesTo(target: DeploymentRecord, live: Versions, records: readonly DeploymentRecord[]): string[] {
  if (isSame(target, live)) return [`nothing to change: ${nameOf(target)} is live`];
  const left = records.find((record) => isSame(record, live));
  const changed = changedFunctions(live, target);
  const line = (what: string, change: string) => `  ${what.padEnd(18)} ${change}`;
  const workers = Object.entries(target.bundles).filter(([worker, url]) => left?.bundles[worker] !== url);
  return [
    `from ${left ? nameOf(left) : 'a mixture of deployments'} to ${nameOf(target)}:`,
    ...changed.map((name) => line(name, `${versionOf(live, name)} → ${versionOf(target, name)}`)),
    ...workers.map(([worker, url]) => line(worker, `machines started from now on run ${url}`)),
    ...(left && left.image !== target.image ? [line('machine image', String(target.image))] : []),
    ...(live.definition === target.definition
      ? []
      : [line('state machine', 'the definition of that deployment')]),
    line('unchanged', `${Object.keys(target.functions).length - changed.length} functions`),
    'Running executions keep their definition and call these versions from their next step; a machine at work finishes its task',
  ];
}

/** Returns the deployments as lines, the newest first; a star marks what is live. */
export function listing(history: readonly Past[], live: Versions): string[] {
  const good = lastGood(history, live);
  return history.map((past) => {
    const { record, videos, undone } = past;
    const remarks = [
      record.returned_to && `rollback to ${record.returned_to}`,
      `${videos} ${videos === 1 ? 'video' : 'videos'}`,
      undone && 'undone',
      past === good && 'last good',
    ];
    return `${isSame(record, live) ? '*' : ' '} ${nameOf(record)}  ${remarks.filter(Boolean).join(', ')}`;
  });
}
