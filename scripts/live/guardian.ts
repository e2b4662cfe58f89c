/**
 * Outlives `make live`: if that is killed, its end of the pipe closes, and this process restores the functions' own
 * code. It ends when it receives `done`.
 */
import { text } from 'node:stream/consumers';
import { callKeptVersions } from './newest-code.ts';
import { type LiveDebugger, restore } from './session.ts';

process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined);
const debug = JSON.parse(process.argv[2] ?? '') as LiveDebugger;
// First the process of the bridge, last that everything went well.
const [bridge, done] = (await text(process.stdin)).split('\n');
if (done !== 'done') {
  try {
    if (bridge) process.kill(-Number(bridge), 'SIGKILL');
  } catch {
    // It ended before its parent.
  }
  await restore(debug, () => undefined);
  await callKeptVersions(debug.folder);
}
