/** The compiler as a checker, and beside it a watch on the cloud that started it: neither outlives the cloud. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

const [project = '.', buildInfo = ''] = process.argv.slice(2);
const compiler = fileURLToPath(new URL('../bin/tsc', import.meta.resolve('typescript')));

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.channel?.unref();
// Functions, workers and whoever edits come first.
setPriority(10);

const options = ['--noEmit', '--incremental', '--tsBuildInfoFile', buildInfo, '--pretty', 'false'];
const child = spawn(process.execPath, [compiler, '-p', project, ...options], {
  stdio: ['ignore', 'inherit', 'ignore'],
});
child.once('exit', (status) => process.exit(status ?? 1));
