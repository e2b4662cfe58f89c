import type { DeployedFunction } from '../../aws/deployed-functions.ts';
import { lambdaConcurrency, spotVcpus } from '../../aws/service-quota.ts';
import type { Deployment } from '../../config/deployment.ts';
import { functionsOf } from '../../config/functions.ts';
import { imageVersion } from '../../config/workers.ts';
import { vcpusOf, vcpusOfJob } from '../../domain/machine-types.ts';
import { expectedCalls, expectedMachines } from '../../domain/render-shards.ts';
import { callsPerLane } from '../../domain/run-limits.ts';
import type { Sharing } from '../../domain/youtube-channels.ts';
import type { Names } from '../../stacks/names.ts';
import { labelOf, optionsFor, type SecretNeed } from '../secrets/needs.ts';
import { limitProblem, type RepairPorts, spotRoleRepair } from './account-repairs.ts';
import { type Check, type Finding, fail, ok, type Repair, warn } from './check.ts';

/** Facts about an account that the launch of a machine depends on. */
export interface LaunchPorts extends RepairPorts {
  image(id: string): Promise<{ state: string; tags: Record<string, string> } | undefined>;
  hasSpotRole(): Promise<boolean>;
  limit(service: string, code: string): Promise<number>;
}

export interface AccountPorts extends LaunchPorts {
  deployedFunction(name: string): Promise<DeployedFunction | undefined>;
  stateMachine(arn: string): Promise<string | undefined>;
  subscribers(topicArn: string): Promise<{ endpoint: string; confirmed: boolean }[]>;
  secretNeeds(): Promise<SecretNeed[]>;
  /** Returns the channels that have the YouTube channel of another one. */
  sharedChannels(): Promise<Sharing[]>;
  /** Asks for the values of a secret and sets it. */
  setSecret(secret: SecretNeed): Promise<void>;
}

/** Checks whether a stage is deployed in the account, and can run there unattended. */
export function accountChecks(deployment: Deployment, names: Names, ports: AccountPorts): Check[] {
  const { stage } = deployment;
  const arnOf = async (service: string, resource: string): Promise<string> => {
    const arn = (await ports.deployedFunction(names.functions['check-quota']))?.arn ?? '';
    const [, partition, , region, account] = arn.split(':');
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  };
  return [
    {
      name: 'functions',
      look: async () => {
        const wanted = functionsOf(deployment);
        const found = await Promise.all(wanted.map((name) => ports.deployedFunction(names.functions[name])));
        const missing = wanted.filter((_, index) => !found[index]);
        if (missing.length === 0) return ok(`all ${wanted.length} are deployed`);
        return fail(`not deployed: ${missing.join(', ')}`, `make deploy STAGE=${stage}`);
      },
    },
    {
      name: 'state machine',
      look: async () => {
        const status = await ports.stateMachine(await arnOf('states', `stateMachine:${names.prefix}`));
        return status ? ok(status.toLowerCase()) : fail('does not exist', `make deploy STAGE=${stage}`);
      },
    },
    {
      name: 'secrets',
      look: async () => {
        const missing = (await ports.secretNeeds()).filter(({ needed, state }) => needed && !state.setAt);
        const [first] = missing;
        const [shared] = first ? [] : await ports.sharedChannels();
        if (shared) return fail(shared.what, shared.fix);
        if (!first) return ok('all required ones are set');
        return fail(
          `not set: ${missing.map(labelOf).join(', ')}`,
          `make secrets ${optionsFor(first)} STAGE=${stage}`,
          settingOf(missing, stage, ports),
        );
      },
    },
    {
      name: 'notifications',
      look: async () => whoIsTold(await ports.subscribers(await arnOf('sns', names.errorTopic))),
    },
    ...launchChecks(deployment, ports),
    {
      name: 'concurrent functions',
      look: async () => {
        const limit = await ports.limit(...lambdaConcurrency);
        const wanted = Math.max(10, (callsPerLane + expectedCalls(deployment)) * deployment.lanes);
        if (limit >= wanted) return ok(String(limit));
        return limitProblem(warn, `${limit}, fewer than ${wanted}`, {
          quota: lambdaConcurrency,
          wanted,
          ports,
        });
      },
    },
  ];
}

function settingOf(missing: readonly SecretNeed[], stage: string, ports: AccountPorts): Repair {
  return {
    command: missing.map((secret) => `make secrets ${optionsFor(secret)} STAGE=${stage}`).join(' && '),
    asks: true,
    async run() {
      for (const secret of missing) await ports.setSecret(secret);
    },
  };
}

function whoIsTold(subscribers: readonly { endpoint: string; confirmed: boolean }[]): Finding {
  const waiting = subscribers.filter(({ confirmed }) => !confirmed);
  if (subscribers.length === 0)
    return warn('no one is notified of errors', 'set alarmEmail, or subscribe to the topic');
  if (waiting.length > 0)
    return warn(
      `${waiting.map(({ endpoint }) => endpoint).join(', ')} has not confirmed`,
      'open the mail and confirm',
    );
  return ok(subscribers.map(({ endpoint }) => endpoint).join(', '));
}

const machinesOfRender = (deployment: Deployment) =>
  expectedMachines(deployment, deployment.rendererInstanceType[0] ?? '');

const machinesOf = (deployment: Deployment) =>
  [
    ...(deployment.lanes > 1 ? [`${deployment.lanes} lanes`] : []),
    ...(machinesOfRender(deployment) > 1 ? [`renders on ${machinesOfRender(deployment)} machines`] : []),
    ...(deployment.workerIdleMinutes > 0 ? ['machines that stay'] : []),
  ].join(' with ');

/** Checks what a machine needs to start, before anything is deployed. */
export function launchChecks(deployment: Deployment, ports: LaunchPorts): Check[] {
  return [
    {
      name: 'machine image',
      look: async () => {
        const found = await ports.image(deployment.workerAmi);
        const version = Number(found?.tags[imageVersion.tag] ?? 1);
        const needed = imageVersion.needed(deployment);
        const fix = 'make ami, then set workerAmi';
        if (found?.state !== 'available')
          return fail(`${deployment.workerAmi} is ${found?.state ?? 'not seen by this account'}`, fix);
        return version >= needed
          ? ok(deployment.workerAmi)
          : fail(`${deployment.workerAmi} has version ${version}, but the workers need ${needed}`, fix);
      },
    },
    {
      name: 'Spot role',
      look: async () =>
        deployment.createSpotRole || (await ports.hasSpotRole())
          ? ok(`AWSServiceRoleForEC2Spot ${deployment.createSpotRole ? 'is part of this stage' : 'exists'}`)
          : fail(
              'AWSServiceRoleForEC2Spot is missing, so EC2 starts no Spot machine',
              `${spotRoleRepair(ports).command}, or set createSpotRole`,
              spotRoleRepair(ports),
            ),
    },
    {
      name: 'Spot vCPUs',
      look: async () => {
        const limit = await ports.limit(...spotVcpus);
        const types = [deployment.rendererInstanceType, deployment.uploaderInstanceType];
        const smallest = types.map((list) => Math.min(...list.map(vcpusOf)));
        const needed = Math.max(...smallest);
        const ofJob = vcpusOfJob({
          rendererTypes: deployment.rendererInstanceType,
          uploaderTypes: deployment.uploaderInstanceType,
          renderers: machinesOfRender(deployment),
          stays: deployment.workerIdleMinutes > 0,
        });
        const ofLanes = deployment.lanes * ofJob;
        const unused = types.flat().filter((type) => vcpusOf(type) > limit);
        const raise = { quota: spotVcpus, wanted: Math.max(...types.flat().map(vcpusOf)), ports };
        if (limit < needed)
          return limitProblem(fail, `${limit}, but the smallest machine needs ${needed}`, {
            ...raise,
            otherwise: ', or add smaller types',
          });
        if (limit < ofLanes)
          return limitProblem(warn, `${limit}, but ${machinesOf(deployment)} need ${ofLanes}`, {
            ...raise,
            wanted: ofLanes,
          });
        return unused.length === 0
          ? ok(`${limit}, enough for every type`)
          : limitProblem(warn, `${limit}, too few for ${unused.join(', ')}`, raise);
      },
    },
  ];
}
