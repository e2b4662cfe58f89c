/** The local cloud as a process that can be killed, and that can kill a part of itself at a point of a job. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { workers } from '../../config/workers.ts';
import { startLocalCloud } from '../../local/cloud.ts';
import type { LocalCloud } from '../../local/cloud-interface.ts';
import { findCloud } from '../../local/control/client.ts';
import { stateIn } from '../../local/demo/executions.ts';
import { createJournal } from '../../local/journal.ts';
import { pendingInvocations } from '../../local/testing/pending-calls.ts';
import { awsCall } from './aws-call.ts';
import type { Order, Report } from './orders.ts';
import { type Call, callCounter, isSame, type Point } from './point.ts';

let armed: Point | null = null;
let count = callCounter();
let cloud: LocalCloud | undefined;

const tell = (report: Report) => process.send?.(report);
const vanish = () => process.kill(process.pid, 'SIGKILL');

/** Kills the caller or the whole cloud. */
async function strike({ victim, caller }: Point): Promise<void> {
  armed = null;
  if (victim === 'cloud') return void vanish();
  if (caller in workers) killMachines(caller);
  else await cloud?.killFunction(`manga-pipeline-${caller}`);
  tell({ kind: 'struck' });
}

function killMachines(worker: string): void {
  for (const { id, state, tags } of cloud?.instances() ?? [])
    if (state === 'running' && tags['manga-pipeline:worker'] === worker) cloud?.killMachine(id);
}

function reached(call: Call): Point | undefined {
  tell({ kind: 'passed', call });
  return armed && isSame(armed, call) ? armed : undefined;
}

function middleware(
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> | undefined {
  const named = awsCall(service, request);
  if (!named) return undefined;
  const point = reached(count('aws', named.caller, named.name));
  if (!point) return undefined;
  const stop = () => void strike(point).then(() => request.socket.destroy());
  if (point.phase === 'before') {
    stop();
    return new Promise(() => {});
  }
  // Discards the response; the call counts as carried out when the response is complete.
  response.write = () => true;
  response.end = () => {
    stop();
    return response;
  };
  return undefined;
}

async function start({ state, sources, config, secrets }: Extract<Order, { kind: 'start' }>): Promise<void> {
  const journal = createJournal(10);
  const invocations = pendingInvocations(journal);
  journal.subscribe(({ type, data }) => {
    if (type === 'log' && process.env.CRASH_LOG) console.error(data.source, data.text);
  });
  cloud = await startLocalCloud({
    stateDirectory: state,
    port: 0,
    config,
    journal,
    sources,
    middleware,
    // Longer than a job takes; otherwise each job would restart all functions.
    idleTime: 120_000,
    standIns: { names: new Set(), settings: {}, secrets, join() {}, async close() {} },
    onStatesEvent({ event }) {
      const entered = stateIn(event)?.name;
      const point = reached(count('engine', 'flow', entered ? `${event.type} ${entered}` : event.type));
      if (point) void strike(point);
    },
  });
  const { endpoint, stateMachineArn, control, instances, taskOf } = cloud;
  tell({ kind: 'ready', endpoint, stateMachineArn, token: findCloud(state)?.token ?? '' });
  const up = ['pending', 'running', 'shutting-down'];
  const works = () => instances().some(({ id, state }) => up.includes(state) && !taskOf(id)?.waits);
  // Time only passes while nothing works.
  for (let quiet = 0; ; ) {
    await wait(20);
    quiet = invocations() > 0 || works() ? 0 : quiet + 1;
    if (quiet > 2) await control.run('clock', { jump: '5s' });
  }
}

process.on('disconnect', vanish);
process.on('message', (order: Order) => {
  if (order.kind === 'start') return void start(order);
  if (order.kind === 'kill')
    return void cloud?.killFunction(`manga-pipeline-${order.function}`).then(() => tell({ kind: 'struck' }));
  armed = order.point;
  if (order.fresh) count = callCounter();
});
