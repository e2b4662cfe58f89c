/**
 * What an instance of the local EC2 runs: the worker, and beside it a watch on the cloud that started it. When
 * the cloud is gone, however it ended, the channel to it closes, and the worker and all that it started end
 * too; they would go on working for an execution that has moved to another machine.
 */
import { pathToFileURL } from 'node:url';

const [main = ''] = process.argv.slice(2);

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
// The watch alone must not keep a finished worker alive.
process.channel?.unref();

await import(pathToFileURL(main).href);
