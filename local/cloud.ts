import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { offerChaos } from './actions/chaos.ts';
import { offerInvoke } from './actions/invoke.ts';
import { startClock } from './clock/start.ts';
import { closingInReverse } from './closing.ts';
import type { LocalCloud, LocalCloudOptions } from './cloud-interface.ts';
import { codeCache } from './code-cache.ts';
import { announce } from './control/client.ts';
import { createControl } from './control/control.ts';
import { createFaultBoard } from './faults/board.ts';
import { failing, losingHeartbeats, slow, throttling } from './faults/middleware.ts';
import { startInspection } from './inspect/inspect.ts';
import { createJournal } from './journal.ts';
import {
  deployFlow,
  deployStorage,
  flowPlaceholders,
  functionArns,
  pipelineFunctions,
  pipelineResources,
  pipelineRules,
  projectSources,
  sourcePaths,
  stateMachineArn,
} from './pipeline.ts';
import type { ReloadSettings } from './reload/deployment.ts';
import { startSchedule } from './schedule.ts';
import { type Account, localAccountId } from './services/account.ts';
import { openInstanceStore } from './services/ec2/instance-store.ts';
import { createMachines } from './services/ec2/machines.ts';
import { createEc2Service } from './services/ec2/service.ts';
import { createEventBus } from './services/events/bus.ts';
import { createEventsService } from './services/events/service.ts';
import { startGateway } from './services/gateway/gateway.ts';
import { createFunctions } from './services/lambda/functions.ts';
import { createAsyncInvocations } from './services/lambda/queue.ts';
import { createLambdaService } from './services/lambda/service.ts';
import type { LogEntry } from './services/log.ts';
import { guardedObserver } from './services/observer.ts';
import { withFixedSecrets } from './services/secrets-manager/fixed-secrets.ts';
import { openSecrets } from './services/secrets-manager/secrets.ts';
import { createSecretsManagerService } from './services/secrets-manager/service.ts';
import { startDynamoDb } from './services/storage/dynamodb.ts';
import { startObjectStorage } from './services/storage/object-storage.ts';
import { lockState } from './state-lock.ts';
import { callJson } from './wire.ts';

export type { LocalCloud, LocalCloudOptions };

/** Starts the whole cloud on one port of this machine, with the pipeline deployed on it. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { config, sources = projectSources, journal = createJournal() } = options;
  const log = (entry: LogEntry) => {
    options.log?.(entry);
    journal.write('log', entry);
  };
  const directory = resolve(options.stateDirectory);
  const { region } = config;
  const account: Account = { id: localAccountId, region };
  const observer = guardedObserver(options.observer ?? {});
  const { atTheEnd, close } = closingInReverse((problem) => log({ source: 'cloud', text: problem }));
  try {
    mkdirSync(directory, { recursive: true });
    // Histories contain task tokens, and the folder may come from an older version.
    chmodSync(directory, 0o700);
    atTheEnd(lockState(directory));
    const gateway = await startGateway(options.port ?? 8083, options.middleware);
    atTheEnd(gateway.close);
    const { endpoint } = gateway;
    const target = { endpoint, region };
    const control = createControl(endpoint);
    gateway.serve('control', control.service);

    const { clock, end: endClock } = startClock({
      file: join(directory, 'clock.json'),
      speed: options.speed,
      control,
      journal,
      underWay: () => gateway.underWay,
      follower: { isThere: () => machines.isRunning(), follow: (reading) => machines.follow(reading) },
    });
    atTheEnd(endClock);
    gateway.goBy(clock);

    const board = createFaultBoard(journal);
    options.standIns?.join(clock.now, board);
    const inspection = options.inspect && (await startInspection(options.inspect, clock));
    if (inspection) atTheEnd(inspection.close);

    const startingDynamoDb = startDynamoDb(join(directory, 'dynamodb'), observer.tableWritten);
    const startingObjects = startObjectStorage(join(directory, 'storage'), region, observer);
    atTheEnd(async () => (await startingDynamoDb).close());
    atTheEnd(async () => (await startingObjects).s3.close());
    const [dynamodb, { s3, messaging }, { createStatesService }] = await Promise.all([
      startingDynamoDb,
      startingObjects,
      import('step-functions-local'),
    ]);
    gateway.serve('dynamodb', throttling(dynamodb, board));
    gateway.serve('s3', slow(s3, board));
    for (const name of ['sns', 'sqs', 'sts']) gateway.serve(name, messaging);

    const functions = createFunctions({
      account,
      endpoint,
      log,
      clock,
      // Threads stay warm while their code is being edited.
      ...(options.reload && { idleTime: 30 * 60_000 }),
      ...(options.idleTime !== undefined && { idleTime: options.idleTime }),
      onInvocation: (news) => journal.write('invocation', news),
    });
    for (const definition of pipelineFunctions(config, sources)) functions.define(definition);
    const queue = createAsyncInvocations(functions, log, undefined, clock);
    const lambda = createLambdaService(functions, queue);
    atTheEnd(lambda.close);
    gateway.serve('lambda', failing(lambda, board));
    offerInvoke(control, functions);

    const bus = createEventBus({ account, invoke: queue.enqueue, log, now: clock.now });
    for (const rule of pipelineRules) bus.addRule(rule);
    gateway.serve('events', createEventsService(bus));
    const secrets = withFixedSecrets(
      openSecrets(join(directory, 'secrets.json'), account),
      options.standIns?.secrets,
    );
    gateway.serve('secretsmanager', createSecretsManagerService(secrets));

    let lastGood: ReadonlyMap<string, string> = new Map();
    const machines = createMachines({
      account,
      endpoint,
      store: openInstanceStore(join(directory, 'instances.json'), clock.now),
      workers: sources.workers,
      disks: join(directory, 'disks'),
      codeCache: codeCache() ?? join(directory, 'code-cache'),
      publish: bus.publish,
      clock,
      ...(inspection && {
        inspect: { wait: options.inspect?.wait ?? false, onChange: inspection.setMachines },
      }),
      orders: () => ({
        texts: [...lastGood].map(([path, text]) => [pathToFileURL(path).href, text] as const),
      }),
      onChange: observer.instanceChanged,
      log,
      ...(options.ec2?.noticeTime !== undefined && { noticeTime: options.ec2.noticeTime }),
      startWorker: options.ec2?.startWorker,
    });
    atTheEnd(machines.close);
    gateway.serve('ec2', createEc2Service({ account, machines, ...options.ec2 }));

    // Executions of an earlier run continue as soon as the engine starts, so their services come first.
    await deployStorage(target);
    const states = await createStatesService({
      directory: join(directory, 'states'),
      accountId: account.id,
      region,
      endpoints: { lambda: endpoint, sqs: endpoint, dynamodb: endpoint, s3: endpoint },
      placeholders: flowPlaceholders(config),
      clock,
      onEvent: (event) => {
        journal.write('execution', event);
        options.onStatesEvent?.(event);
      },
    });
    atTheEnd(() => {
      gateway.withdraw('states');
      return states.close();
    });
    gateway.serve('states', losingHeartbeats(states, board));
    let isFlowDeployed = true;
    await deployFlow(target, flowPlaceholders(config), sources).catch((error) => {
      // The source is being edited: the last good version keeps running, and the watcher reports the errors.
      if (!options.reload) throw error;
      isFlowDeployed = false;
    });
    machines.resume();
    offerChaos(control, {
      board,
      standIns: options.standIns?.names ?? new Set(),
      instances: machines.store.list,
      giveSpotNotice: machines.giveSpotNotice,
      killMachine: machines.kill,
    });

    if (options.schedule) {
      const start = () =>
        callJson(target, 'states', 'StartExecution', { stateMachineArn: stateMachineArn(region) });
      atTheEnd(startSchedule({ schedule: options.schedule, clock, start, log }));
    }

    /** Runs after the cloud is ready, which does not wait for it. */
    async function watchSources(settings: ReloadSettings) {
      const { startReload } = await import('./reload/reload.ts');
      return startReload({
        sources,
        paths: sourcePaths(sources),
        settings,
        buildInfo: join(directory, 'types.tsbuildinfo'),
        functions,
        journal,
        isFlowDeployed,
        async deploy({ placeholders, rules }) {
          bus.setRules(rules);
          await deployFlow(target, placeholders, sources);
        },
        serveInstead(texts) {
          lastGood = texts;
          functions.serveInstead(texts);
        },
      });
    }
    const reloading = options.reload
      ? watchSources(options.reload).catch((error: Error) =>
          log({ source: 'reload', text: `saved changes cannot be watched: ${error.message}` }),
        )
      : Promise.resolve();
    atTheEnd(async () => (await reloading)?.close());
    atTheEnd(announce(directory, { endpoint, region: config.region, token: control.token }));

    return {
      endpoint,
      region,
      stateMachineArn: stateMachineArn(region),
      resources: pipelineResources(region),
      functionArns: functionArns(region),
      instances: machines.store.list,
      secretTexts: () => secrets.list().flatMap(({ versions }) => versions.flatMap(({ text }) => text ?? [])),
      history: states.history,
      journal,
      control,
      clock,
      inspectorPorts: inspection?.ports ?? new Map(),
      watching: reloading.then(() => undefined),
      giveSpotNotice: machines.giveSpotNotice,
      killMachine: machines.kill,
      killFunction: functions.kill,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
