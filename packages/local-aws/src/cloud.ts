import { join } from 'node:path';
import { localCredentials } from './account.ts';
import { closingInReverse } from './closing.ts';
import type { Cloud } from './cloud-interface.ts';
import type { CloudOptions } from './cloud-options.ts';
import { deployStorage } from './deploy.ts';
import { startInspection } from './inspect/inspect.ts';
import { guardedObserver } from './observer.ts';
import { withFixedSecrets } from './secrets-manager/fixed-secrets.ts';
import { openSecrets } from './secrets-manager/secrets.ts';
import { createSecretsManagerService } from './secrets-manager/service.ts';
import { type Compute, startCompute } from './start/compute.ts';
import { type Ground, startGround } from './start/ground.ts';
import { type StateMachines, startSchedules, startStateMachines } from './start/state-machines.ts';
import { startStores } from './start/stores.ts';

/** Starts all services on one port of this machine, with everything that the options declare. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const observer = guardedObserver(options.observer ?? {});
  const { atTheEnd, close } = closingInReverse((text) => observer.logged({ source: 'cloud', text }));
  try {
    const ground = await startGround(options, observer, atTheEnd);
    return { ...(await startServices(ground, options)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServices(ground: Ground, options: CloudOptions): Promise<Omit<Cloud, 'close'>> {
  const { account, clock, directory, endpoint, atTheEnd } = ground;
  const target = { endpoint, region: account.region };
  const inspection = options.inspect && (await startInspection(options.inspect, clock));
  if (inspection) atTheEnd(inspection.close);
  // Loaded meanwhile; the state machines start below.
  await Promise.all([startStores(ground), import('step-functions-local')]);
  const secrets = withFixedSecrets(openSecrets(join(directory, 'secrets.json'), account), options.secrets);
  ground.serve('secretsmanager', createSecretsManagerService(secrets));
  const compute = startCompute(ground, options, inspection);
  const { functions, machines } = compute;

  // Executions of an earlier run continue as soon as the engine starts, so their services come first.
  await deployStorage(target, options);
  const stateMachines = await startStateMachines(ground, options);
  const isDeployed = await stateMachines.deploy(options.placeholders ?? {}).then(
    () => true,
    (error) => {
      // The source is being edited: the last good version keeps running, and the watcher reports the errors.
      if (options.reload) return false;
      throw error;
    },
  );
  machines.resume();
  atTheEnd(startSchedules(ground, options.schedules));
  // The cloud is ready, and does not wait for this.
  const reloading = watchSources(ground, options, { compute, stateMachines, isDeployed }).catch((error) =>
    ground.observer.logged({ source: 'reload', text: `saved changes cannot be watched: ${error.message}` }),
  );
  atTheEnd(async () => (await reloading)?.close());

  return {
    ...target,
    clientOptions: {
      ...target,
      credentials: {
        accessKeyId: localCredentials.AWS_ACCESS_KEY_ID,
        secretAccessKey: localCredentials.AWS_SECRET_ACCESS_KEY,
      },
    },
    clock,
    functions: functions.list,
    invoke: (name, payload) => ground.counted(functions.invoke(name, payload)),
    instances: machines.store.list,
    secretTexts: () => secrets.list().flatMap(({ versions }) => versions.flatMap(({ text }) => text ?? [])),
    history: stateMachines.history,
    inspectorPorts: inspection?.ports ?? new Map(),
    watching: reloading.then(() => undefined),
    giveSpotNotice: machines.giveSpotNotice,
    killMachine: machines.kill,
    killFunction: functions.kill,
  };
}

interface Running {
  compute: Compute;
  stateMachines: StateMachines;
  isDeployed: boolean;
}

async function watchSources(
  { directory, observer }: Ground,
  { reload, functions = [], rules = [], placeholders = {}, stateMachines: files = [] }: CloudOptions,
  { compute, stateMachines, isDeployed }: Running,
) {
  if (!reload) return undefined;
  const { startReload } = await import('./reload/reload.ts');
  return startReload({
    ...reload,
    paths: [...reload.paths, ...files.map(({ file }) => file)],
    deployed: { functions, rules, placeholders },
    stateMachines: files,
    areStateMachinesDeployed: isDeployed,
    functions: compute.functions,
    observer,
    buildInfo: join(directory, 'types.tsbuildinfo'),
    async deploy(deployment) {
      compute.bus.setRules(deployment.rules);
      await stateMachines.deploy(deployment.placeholders);
    },
    serveInstead: compute.serveInstead,
  });
}
