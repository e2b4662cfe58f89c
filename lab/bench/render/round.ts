/** Runs one contestant once in its own process: `node round.ts <name> <folder>`. Prints its cost as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, contestants, type Round } from './contestants.ts';
import { cpuSeconds } from './cpu-seconds.ts';

const [name = '', folder = ''] = process.argv.slice(2);
const round = JSON.parse(readFileSync(join(folder, 'round.json'), 'utf8')) as Round;
const before = { cpu: cpuSeconds(), at: performance.now() };
await contestants[name as Contestant](round);
const seconds = (performance.now() - before.at) / 1000;
console.log(JSON.stringify({ seconds, cpu: cpuSeconds() - before.cpu }));
