import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CloudOptions } from '../cloud-options.ts';
import { codeCache } from '../code-cache.ts';
import { openInstanceStore } from '../ec2/instance-store.ts';
import { createMachines, type Machines } from '../ec2/machines.ts';
import type { ProgramOf } from '../ec2/program.ts';
import { createEc2Service } from '../ec2/service.ts';
import { createEventBus, type EventBus } from '../events/bus.ts';
import { createEventsService } from '../events/service.ts';
import type { Inspection } from '../inspect/inspect.ts';
import { createFunctions, type Functions } from '../lambda/functions.ts';
import { createAsyncInvocations } from '../lambda/queue.ts';
import { createLambdaService } from '../lambda/service.ts';
import type { CloudContext } from './context.ts';

/** While code is edited, threads stay warm for half an hour. */
const editingIdleTime = 30 * 60_000;

export interface Compute {
  functions: Functions;
  bus: EventBus;
  machines: Machines;
  /** Sets the texts that threads and machines starting now load instead of those on disk. */
  serveInstead(lastGood: ReadonlyMap<string, string>): void;
}

/** Starts Lambda, EventBridge and EC2, whose machines report to EventBridge, which calls functions. */
export function startCompute(
  context: CloudContext,
  options: CloudOptions,
  inspection: Inspection | undefined,
): Compute {
  const { account, clock, directory, endpoint, observer, serve, defer } = context;
  const log = observer.logged;
  const idleTime = options.idleTime ?? (options.reload && editingIdleTime);
  const functions = createFunctions({
    account,
    endpoint,
    log,
    clock,
    folder: join(directory, 'functions'),
    ...(idleTime !== undefined && { idleTime }),
    onInvocation: observer.invoked,
  });
  for (const definition of options.functions ?? []) functions.define(definition);
  const queue = createAsyncInvocations(functions, log, undefined, clock);
  const lambda = createLambdaService(functions, queue);
  defer(lambda.close);
  serve('lambda', lambda);

  const bus = createEventBus({ account, invoke: queue.enqueue, log, now: clock.now });
  bus.setRules(options.rules ?? []);
  serve('events', createEventsService(bus));

  let lastGood: ReadonlyMap<string, string> = new Map();
  const { hasCapacity, noticeTime, startWorker, waits } = options.ec2 ?? {};
  const machines = createMachines({
    account,
    endpoint,
    store: openInstanceStore(join(directory, 'instances.json'), clock.now),
    programOf: options.programOf ?? noProgram,
    disks: join(directory, 'disks'),
    codeCache: codeCache() ?? join(directory, 'code-cache'),
    publish: bus.publish,
    clock,
    ...(inspection && {
      inspect: { wait: options.inspect?.wait ?? false, onChange: inspection.setMachines },
    }),
    orders: () => ({ texts: [...lastGood].map(([path, text]) => [pathToFileURL(path).href, text] as const) }),
    onChange: observer.instanceChanged,
    log,
    ...(noticeTime !== undefined && { noticeTime }),
    startWorker,
    ...(waits && { waits }),
  });
  context.waitFor({ isThere: machines.isRunning, isAtWork: machines.isAtWork, follow: machines.follow });
  defer(machines.close);
  serve('ec2', createEc2Service({ account, machines, ...(hasCapacity && { hasCapacity }) }));

  return {
    functions,
    bus,
    machines,
    serveInstead(texts) {
      lastGood = texts;
      functions.serveInstead(texts);
    },
  };
}

const noProgram: ProgramOf = () => {
  throw new Error('startCloud was given no programOf, which says what instances run');
};
