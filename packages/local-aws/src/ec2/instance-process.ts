/**
 * The process of an instance of the local EC2: the worker, and a watch on the cloud that started it. When the cloud
 * ends in any way, the channel to it closes, and the worker and its child processes end too. Otherwise they would keep
 * working for an execution that has moved to another machine.
 */
import inspector from 'node:inspector';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { showTime } from '../clock/date.ts';
import { followWithIntervals } from '../clock/intervals.ts';
import type { ClockOrder, LaunchOrders, MachineAnswer } from './launch-orders.ts';

const [main = ''] = process.argv.slice(2);
const clock = followWithIntervals();

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

process.on('message', (order: LaunchOrders | ClockOrder) => {
  clock.follow(order.clock);
  if (order.kind === 'launch') return launch(order);
  // Everything that a timer started has run by then.
  setImmediate(() => tell({ kind: 'clock', number: order.number }));
});

function tell(answer: MachineAnswer, then = () => {}): void {
  process.send?.(answer, undefined, undefined, then);
}

function launch({ inspect, ...orders }: LaunchOrders): void {
  if (!inspect) {
    run(orders);
    return;
  }
  inspector.open(0, '127.0.0.1');
  // Sent before waiting, because the process is blocked while it waits.
  tell({ kind: 'inspector', url: inspector.url() ?? '' }, () => {
    if (inspect === 'wait') inspector.waitForDebugger();
    tell({ kind: 'running' });
    run(orders);
  });
}

function run({ texts }: Pick<LaunchOrders, 'texts'>): void {
  // The watch alone must not keep a finished worker alive.
  process.channel?.unref();
  showTime(() => clock.reading);
  const instead = new Map(texts);
  if (instead.size > 0)
    registerHooks({
      load(url, context, next) {
        const source = instead.get(url);
        return source === undefined
          ? next(url, context)
          : { format: 'module-typescript', source, shortCircuit: true };
      },
    });
  void import(pathToFileURL(main).href);
}
