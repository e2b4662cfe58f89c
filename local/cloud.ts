import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CloudObserver, deployStorage, type ReloadOptions, startCloud } from 'local-aws';
import { fillPlaceholders } from '../asl/definition.ts';
import { workers } from '../config/workers.ts';
import { offerChaos } from './actions/chaos.ts';
import { offerClock } from './actions/clock.ts';
import { offerInvoke } from './actions/invoke.ts';
import type { LocalCloud, LocalCloudOptions } from './cloud-interface.ts';
import { announce, withdraw } from './control/client.ts';
import { controlPath, createControl } from './control/control.ts';
import type { ReloadSettings } from './deployment.ts';
import { createFaultBoard } from './faults/board.ts';
import { decorators } from './faults/middleware.ts';
import { createJournal, type Journal } from './journal.ts';
import { machineTasks } from './machine-tasks.ts';
import {
  flowArn,
  flowName,
  functionArns,
  type PipelineSources,
  pipelineDeployment,
  pipelineResources,
  pipelineStorage,
  projectSources,
  sandboxName,
  sourcePaths,
  workerProgram,
} from './pipeline.ts';
import { eventInSandbox } from './replay/sandbox.ts';
import { sourceProblems } from './source-problems.ts';
import { openTraces, tracesPath } from './traces.ts';

export type { LocalCloud, LocalCloudOptions };

const defaultPort = 8083;
/** The quotas of an account that has been used for a while; the local cloud starts as many machines as it is asked for. */
const accountQuotas = { 'lambda/L-B99A9384': 1000, 'ec2/L-34B43A08': 256 };
const root = fileURLToPath(new URL('..', import.meta.url));

/** Starts the whole cloud on one port of this machine, with the pipeline deployed on it. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { config, sources = projectSources, journal = createJournal(), standIns } = options;
  const { region } = config;
  const { stateDirectory, port = defaultPort, speed, idleTime, middleware, ec2 } = options;
  const board = createFaultBoard(journal);
  const faulty = decorators(board);
  const problems = sourceProblems(journal);
  const control = createControl();
  const taskOf = machineTasks(journal);
  const traces = openTraces(join(stateDirectory, 'traces'), options.observer?.traced);
  const { functions, invoke, ...cloud } = await startCloud({
    stateDirectory,
    port,
    region,
    speed,
    idleTime,
    middleware,
    ec2: { ...ec2, waits: (id) => taskOf(id)?.waits ?? false },
    ...pipelineDeployment(config, sources),
    ...pipelineStorage(region),
    stateMachines: [{ name: flowName, file: sources.flow }],
    schedules: options.schedule ? [{ ...options.schedule, stateMachine: flowName }] : [],
    ...(standIns && { secrets: standIns.secrets }),
    quotas: accountQuotas,
    fillPlaceholders,
    programOf: workerProgram(sources),
    reload: options.reload && reloadOf(options.reload, sources),
    inspect: options.inspect && { ...options.inspect, programs: Object.keys(workers) },
    observer: observerOf(options, journal),
    decorate: (name, service) => faulty[name]?.(service) ?? service,
    onListening({ clock, serveBelow }) {
      withdraw(resolve(stateDirectory));
      serveBelow(controlPath, 'control', control.service);
      serveBelow(tracesPath, 'traces', traces.service);
      journal.useClock(clock.now);
      offerClock(control, clock);
      standIns?.join(clock.now, board);
    },
  });
  const resources = pipelineResources(region);
  offerInvoke(control, {
    ...{ functions, invoke, problems },
    prepareSandbox: () => deployStorage(cloud, pipelineStorage(region, sandboxName)),
    copyIntoSandbox: (functionName, event) => eventInSandbox(functionName, event, { ...cloud, resources }),
  });
  offerChaos(control, {
    ...cloud,
    board,
    standIns: standIns?.names ?? new Set(),
    functions: () => functions().map(({ name }) => name),
    tables: [resources.jobsTable, resources.countersTable, resources.chaptersTable],
  });
  const endAnnouncement = announce(resolve(stateDirectory), {
    endpoint: cloud.endpoint,
    region,
    token: control.token,
  });
  return {
    ...cloud,
    stateMachineArn: flowArn(region),
    flowFile: sources.flow,
    resources,
    functionArns: functionArns(region),
    journal,
    problems,
    control,
    taskOf,
    traceOf: traces.ofJob,
    close() {
      endAnnouncement();
      return cloud.close();
    },
  };
}

const reloadOf = (settings: ReloadSettings, sources: PipelineSources): ReloadOptions => ({
  paths: sourcePaths(sources),
  deployment: { file: join(root, 'local', 'deployment.ts'), event: { settings, sources } },
  project: root,
});

/** Returns an observer that writes everything into the journal and calls that of the options. */
const observerOf = (options: LocalCloudOptions, journal: Journal): Partial<CloudObserver> => ({
  ...options.observer,
  logged(entry) {
    options.log?.(entry);
    journal.write('log', entry);
  },
  invoked: (news) => journal.write('invocation', news),
  executionEvent(event) {
    journal.write('execution', event);
    options.onStatesEvent?.(event);
  },
  clockChanged: (shown) => journal.write('clock', shown),
  reloaded: (reloaded) => journal.write('reload', reloaded),
  problemsFound: (problems) => journal.write('problems', problems),
});
