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
import { createServiceQuotasService } from './service-quotas/service.ts';
import { type Compute, startCompute } from './start/compute.ts';
import { type CloudContext, openContext } from './start/context.ts';
import { type StateMachines, startSchedules, startStateMachines } from './start/state-machines.ts';
import { startStores } from './start/stores.ts';

/** Starts all services on one port of this machine, with everything that the options declare. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const observer = guardedObserver(options.observer ?? {});
  const { defer, close } = closingInReverse((text) => observer.logged({ source: 'cloud', text }));
  try {
    const context = await openContext(options, observer, defer);
    return { ...(await startServices(context, options)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServices(context: CloudContext, options: CloudOptions): Promise<Omit<Cloud, 'close'>> {
  const { account, clock, directory, endpoint, defer } = context;
  const target = { endpoint, region: account.region };
  const inspection = options.inspect && (await startInspection(options.inspect, clock));
  if (inspection) defer(inspection.close);
  // Loaded meanwhile; the state machines start below.
  await Promise.all([startStores(context), import('step-functions-local')]);
  const secrets = withFixedSecrets(
    openSecrets(join(directory, 'secrets.json'), account),
    options.secrets,
    account,
  );
  context.serve('secretsmanager', createSecretsManagerService(secrets));
  context.serve('servicequotas', createServiceQuotasService(options.quotas ?? {}, account));
  const compute = startCompute(context, options, inspection);
  const { functions, machines } = compute;

  // Executions of an earlier run continue as soon as the engine starts, so their services come first.
  await deployStorage(target, options);
  const stateMachines = await startStateMachines(context, options, compute.bus);
  const isDeployed = await stateMachines.deploy(options.placeholders ?? {}).then(
    () => true,
    (error) => {
      // The source is being edited: the last good version keeps running, and the watcher reports the errors.
      if (options.reload) return false;
      throw error;
    },
  );
  machines.resume();
  defer(startSchedules(context, options.schedules));
  // The cloud is ready, and does not wait for this.
  const reloading = watchSources(context, options, { compute, stateMachines, isDeployed }).catch((error) =>
    context.observer.logged({ source: 'reload', text: `saved changes cannot be watched: ${error.message}` }),
  );
  defer(async () => (await reloading)?.close());
  // The first to close: a thread that a debugger has paused does not end.
  if (inspection) defer(inspection.detach);

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
    invoke: (name, payload) => context.counted(functions.invoke(name, payload)),
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
  { directory, observer }: CloudContext,
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
