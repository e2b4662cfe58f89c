/**
 * Outlives `make live`: when that is killed without a word, its end of the pipe closes, and the functions get their own
 * code back from here. Told `done`, it ends.
 */
import { text } from 'node:stream/consumers';
import { type LiveDebugger, restore } from './session.ts';

process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined);
const debug = JSON.parse(process.argv[2] ?? '') as LiveDebugger;
// First the process of the bridge, at last that all went well.
const [bridge, done] = (await text(process.stdin)).split('\n');
if (done !== 'done') {
  try {
    if (bridge) process.kill(-Number(bridge), 'SIGKILL');
  } catch {
    // It was gone before its parent.
  }
  await restore(debug, () => undefined);
}
