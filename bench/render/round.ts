/** One contestant once, in a process of its own: `node round.ts <name> <folder>`; prints what it took as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, contestants, type Round } from './contestants.ts';

/** Seconds of this process and of all that it started and that ended; in ticks of 1/100 s. Linux only. */
function cpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

const [name = '', folder = ''] = process.argv.slice(2);
const round = JSON.parse(readFileSync(join(folder, 'round.json'), 'utf8')) as Round;
const before = { cpu: cpuSeconds(), at: performance.now() };
await contestants[name as Contestant](round);
const seconds = (performance.now() - before.at) / 1000;
console.log(JSON.stringify({ seconds, cpu: cpuSeconds() - before.cpu }));
