import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCloudClock } from '../clock/cloud-clock.ts';
import type { Reading } from '../clock/reading.ts';
import { isAlive, killGroup } from '../state/process-identity.ts';
import { interruptionWarning, stateChange } from './events.ts';
import { hasEnded, type Instance, type InstanceState } from './instance.ts';
import type { LaunchOrders } from './launch-orders.ts';
import type { MachineOptions } from './machine-options.ts';
import { type MetadataService, startMetadataService } from './metadata-service.ts';
import { machineEnvironment } from './program.ts';
import {
  cloudStopped,
  instanceInitiated,
  type StateReason,
  spotInterruption,
  userInitiated,
} from './state-reasons.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

interface Machine {
  metadata?: MetadataService;
  worker?: WorkerProcess;
  cancelNotice?: () => void;
  endWait?: () => void;
  inspector?: { worker: string; url: string };
}
export type Machines = ReturnType<typeof createMachines>;

/** Creates the registry of the instances' processes and states. */
export function createMachines(options: MachineOptions) {
  const { account, store, programOf, publish, log } = options;
  const { grace = 5_000, noticeTime = 120_000, clock = createCloudClock() } = options;
  const { startWorker = startWorkerProcess, waits = () => false } = options;
  const machines = new Map<string, Machine>();
  let closed = false;

  function enter(instance: Instance, state: InstanceState, reason?: StateReason): void {
    instance.state = state;
    if (reason) instance.stateReason = reason;
    if (hasEnded(instance)) instance.endedAt = new Date(clock.now()).toISOString();
    store.save(instance);
    options.onChange?.(instance.id);
    void announce(instance);
  }

  function tellInspectors(worker: string): void {
    const urls = [...machines.values()].flatMap(({ inspector }) =>
      inspector?.worker === worker ? inspector.url : [],
    );
    options.inspect?.onChange(worker, urls);
  }

  async function announce(instance: Instance): Promise<void> {
    const { state } = instance;
    await publish(stateChange(account, instance));
    // A stopping cloud aborts deliveries; the next start announces this end again.
    if (closed || (state !== 'terminated' && state !== 'stopped')) return;
    instance.endAnnounced = true;
    store.save(instance);
  }

  async function boot(instance: Instance): Promise<void> {
    const machine: Machine = {};
    machines.set(instance.id, machine);
    machine.metadata = await startMetadataService(instance, account.region);
    if (closed || instance.state !== 'pending') return machine.metadata.close();
    const disk = diskOf(instance);
    if (disk) mkdirSync(disk, { recursive: true });
    const program = programOf(instance);
    const { name, main } = program;
    const surroundings = { ...options, ...(disk && { disk }) };
    const environment = machineEnvironment(program, surroundings, machine.metadata.endpoint);
    const source = `${name} ${instance.id}`;
    if (!existsSync(main)) throw new Error(`${main} does not exist`);
    const { inspect } = options;
    const orders: LaunchOrders = {
      kind: 'launch',
      texts: options.orders?.().texts ?? [],
      clock: clock.reading,
      ...(inspect && { inspect: inspect.wait ? 'wait' : 'open' }),
    };
    // Time limits are suspended while the worker waits for its debugger.
    if (inspect?.wait) machine.endWait = clock.hold();
    const onLine = (text: string) => log({ source, text });
    const worker = startWorker(main, environment, orders, onLine, (answer) => {
      if (answer.kind === 'running') return machine.endWait?.();
      machine.inspector = { worker: name, url: answer.url };
      tellInspectors(machine.inspector.worker);
    });
    machine.worker = worker;
    if (worker.identity) instance.process = worker.identity;
    enter(instance, 'running');
    const end = await worker.ended;
    machine.endWait?.();
    log({ source, text: `ended: ${end}` });
    if (!closed) finish(instance, instanceInitiated);
  }

  const diskOf = ({ id }: Instance) => options.disks && join(options.disks, id);

  /** Moves an instance whose process has ended to its final state. */
  function finish(instance: Instance, reason: StateReason): void {
    if (hasEnded(instance)) return;
    const machine = machines.get(instance.id);
    machine?.cancelNotice?.();
    machine?.metadata?.close();
    machines.delete(instance.id);
    const disk = diskOf(instance);
    if (disk) rmSync(disk, { recursive: true, force: true, maxRetries: 3 });
    if (machine?.inspector) tellInspectors(machine.inspector.worker);
    delete instance.process;
    const stops = instance.shutdownBehavior === 'stop' && reason === instanceInitiated;
    const leaving = stops ? 'stopping' : 'shutting-down';
    if (instance.state !== 'shutting-down') enter(instance, leaving, reason);
    enter(instance, instance.state === 'stopping' ? 'stopped' : 'terminated');
  }

  function terminate(instance: Instance, reason: StateReason = userInitiated): void {
    if (hasEnded(instance) || instance.state === 'shutting-down') return;
    enter(instance, 'shutting-down', reason);
    const worker = machines.get(instance.id)?.worker;
    if (worker) worker.shutDown(grace);
    else finish(instance, reason);
  }

  return {
    store,
    terminate,

    /** Starts a new instance, which is pending when this returns. */
    launch(instance: Instance): void {
      instance.launchedAt = new Date(clock.now()).toISOString();
      enter(instance, 'pending');
      boot(instance).catch((error: Error) => {
        log({ source: 'ec2', text: `${instance.id} can't start: ${error.message}` });
        finish(instance, { code: 'Client.InstanceInitiatedShutdown', message: error.message });
      });
    },

    /** Announces a Spot interruption and terminates the instance two minutes later. */
    giveSpotNotice(id: string): void {
      const instance = store.get(id);
      const machine = machines.get(id);
      if (!instance || !machine || instance.state !== 'running') throw new Error(`${id} is not running`);
      machine.metadata?.giveNotice(new Date(clock.now() + noticeTime));
      machine.cancelNotice ??= clock.setTimer(clock.now() + noticeTime, () =>
        terminate(instance, spotInterruption),
      );
      void publish(interruptionWarning(account, instance));
    },

    /** Kills a machine without notice, like a failing host. */
    kill(id: string): void {
      machines.get(id)?.worker?.kill();
    },

    /** Sets the clock of the workers. */
    async follow(reading: Reading): Promise<void> {
      await Promise.all([...machines.values()].map(({ worker }) => worker?.follow(reading)));
    },
    isRunning: () => [...machines.values()].some(({ worker }) => worker),
    isAtWork: () => [...machines].some(([id, { worker }]) => worker && !waits(id)),

    /** Ends the leftovers of an earlier run of the cloud and announces their end. */
    resume(): void {
      for (const instance of store.list()) {
        if (hasEnded(instance)) {
          if (!instance.endAnnounced) void announce(instance);
          continue;
        }
        const { process: left } = instance;
        if (left && isAlive(left)) killGroup(left.pid, 'SIGKILL');
        finish(instance, cloudStopped);
      }
    },

    /** Ends all processes. Their instances keep their state, so that the next start finds them dead. */
    async close(): Promise<void> {
      closed = true;
      const open = [...machines.values()];
      for (const { worker, metadata, cancelNotice } of open) {
        cancelNotice?.();
        worker?.kill();
        metadata?.close();
      }
      await Promise.all(open.map(({ worker }) => worker?.ended));
    },
  };
}
