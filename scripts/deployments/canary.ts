/** `make deploy WHAT=canary`: tries new code with one job, then gives it to the others, or takes it back. */
import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { deployedFunction } from '../../aws/deployed-functions.ts';
import { definitionOf, setDefinition } from '../../aws/deployed-versions.ts';
import { describeExecution, enteredStates, startExecution } from '../../aws/executions.ts';
import { aliasVersion, chooseVersion } from '../../aws/function-aliases.ts';
import { notifier } from '../../aws/notifier.ts';
import { canaryAlias, functionNames, isOptional, liveAlias } from '../../config/functions.ts';
import { isSame, type Versions } from '../../domain/deployment-record.ts';
import { type Cloud, enterCloud } from '../cloud.ts';
import { deployedStage } from './deployed.ts';
import { recordDeployment } from './record.ts';
import { type TrialPorts, tryDeployment } from './trial.ts';

/** Milliseconds between two looks at the execution. */
const pause = 5000;

const calling = (definition: string, alias: string) =>
  definition.replaceAll(
    new RegExp(`(:function:[\\w-]+):(?:${liveAlias}|${canaryAlias})(?=["\\s])`, 'g'),
    `$1:${alias}`,
  );

/** Tries what was deployed for a trial. Returns the exit status: 1 when it was taken back, 2 when it is not decided yet. */
export async function runCanary(cloud: Cloud, say: (line: string) => void): Promise<number> {
  const stage = await deployedStage(cloud);
  const { names } = stage;
  const machine = stage.stateMachineArn.replace(/[^:]+$/, names.canary);
  const found = await Promise.all(
    functionNames.map(
      async (name) => [name, await aliasVersion(names.functions[name], canaryAlias)] as const,
    ),
  );
  const versions = found.filter(([name, version]) => version !== undefined || !isOptional(name));
  if (versions.some(([, version]) => version === undefined)) {
    say('no canary in this stage: its deployments are used at once');
    return 0;
  }
  const candidate: Versions = {
    functions: Object.fromEntries(versions.map(([name, version]) => [name, version ?? ''])),
    definition: calling(await definitionOf(machine), liveAlias),
  };
  const live = await stage.live();
  if (isSame(candidate, live)) {
    say('nothing to try: the newest deployment is live');
    return 0;
  }
  const choose = async (alias: string, { functions: chosen }: Versions) => {
    for (const [name] of versions) await chooseVersion(names.functions[name], alias, chosen[name] ?? '');
  };
  const topic = (await deployedFunction(names.functions['handle-error']))?.environment
    .ERROR_NOTIFICATION_TOPIC_ARN;
  const ports: TrialPorts = {
    start: (name) => startExecution(machine, name, JSON.stringify({ canary: true })),
    arnOf: (name) => `${machine.replace(':stateMachine:', ':execution:')}:${name}`,
    describeExecution,
    enteredStates,
    pause: () => wait(pause),
    async promote() {
      await setDefinition(stage.stateMachineArn, candidate.definition);
      await choose(liveAlias, candidate);
      await recordDeployment(cloud, say);
    },
    async takeBack() {
      await setDefinition(machine, calling(live.definition, canaryAlias));
      await choose(canaryAlias, live);
    },
    notify: async (subject, message) => {
      if (topic) await notifier(topic).notify(subject, message);
    },
    say,
  };
  const name = hash('sha256', JSON.stringify(candidate)).slice(0, 16);
  return tryDeployment(`canary-${name}`, ports);
}

export async function run(): Promise<number> {
  return runCanary(await enterCloud(), console.log);
}
