/**
 * What an instance of the local EC2 runs: the worker, and beside it a watch on the cloud that started it. When
 * the cloud is gone, however it ended, the channel to it closes, and the worker and all that it started end
 * too; they would go on working for an execution that has moved to another machine.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { LaunchOrders } from './launch-orders.ts';

const [main = ''] = process.argv.slice(2);

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

process.once('message', async (orders: LaunchOrders) => {
  // The watch alone must not keep a finished worker alive.
  process.channel?.unref();
  const texts = new Map(orders.texts);
  if (texts.size > 0)
    registerHooks({
      load(url, context, next) {
        const source = texts.get(url);
        return source === undefined
          ? next(url, context)
          : { format: 'module-typescript', source, shortCircuit: true };
      },
    });
  await import(pathToFileURL(main).href);
});
