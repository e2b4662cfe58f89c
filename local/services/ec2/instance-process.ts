/**
 * What an instance of the local EC2 runs: the worker, and beside it a watch on the cloud that started it. When
 * the cloud is gone, however it ended, the channel to it closes, and the worker and all that it started end
 * too; they would go on working for an execution that has moved to another machine.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { showTime } from '../../clock/date.ts';
import { followWithIntervals } from '../../clock/intervals.ts';
import type { ClockAnswer, ClockOrder, LaunchOrders } from './launch-orders.ts';

const [main = ''] = process.argv.slice(2);
const clock = followWithIntervals();

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

process.on('message', (order: LaunchOrders | ClockOrder) => {
  clock.follow(order.clock);
  if (order.kind === 'launch') return launch(order);
  const answer: ClockAnswer = { kind: 'clock', number: order.number };
  // What an interval began has had its turn by then.
  setImmediate(() => process.send?.(answer));
});

function launch({ texts }: LaunchOrders): void {
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
