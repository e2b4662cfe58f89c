/** Runs the compiler as a type checker and watches the cloud that started it; both end with the cloud. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

const [compiler = '', project = '.', buildInfo = ''] = process.argv.slice(2);

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.channel?.unref();
// Functions, machines and the editor have priority.
setPriority(10);

const options = ['--noEmit', '--incremental', '--tsBuildInfoFile', buildInfo, '--pretty', 'false'];
const child = spawn(process.execPath, [compiler, '-p', project, ...options], {
  stdio: ['ignore', 'inherit', 'ignore'],
});
child.once('exit', (status) => process.exit(status ?? 1));
