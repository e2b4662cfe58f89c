/** `make bench`: measures the figures of the README on this machine. RUNS=n repeats the demo. */

import { cpSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inEnvironment } from '../../local/testing/environment.ts';
import { givenNumber } from '../figures/given-number.ts';
import { median } from '../figures/median.ts';
import { show } from '../figures/show.ts';
import { measureDeployment } from './deployment.ts';
import { measureOverhead } from './engine-overhead.ts';
import { type TimedRun, timedRun } from './timed-run.ts';

const root = join(import.meta.dirname, '../..');
const megabyte = 1024 * 1024;
const demoRuns = givenNumber('RUNS', 1);
const readyRuns = 5;

async function repeat(times: number, run: (folder: string) => Promise<TimedRun>): Promise<TimedRun[]> {
  const runs: TimedRun[] = [];
  for (let n = 0; n < times; n += 1) runs.push(await inEnvironment('bench', ({ folder }) => run(folder)));
  return runs;
}

const secondsOf = (runs: readonly TimedRun[]) => median(runs.map(({ seconds }) => seconds));

console.log(`${availableParallelism()} cores, Node ${process.versions.node}\n`);

const setup = await repeat(1, (cwd) => {
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    cpSync(join(root, name), join(cwd, name));
  return timedRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd, timeoutSeconds: 600 });
});
show('setup (npm ci into an empty folder)', `${secondsOf(setup).toFixed(1)} s`, '≤ 90 s');

const ready = await repeat(readyRuns, (cwd) =>
  timedRun('node', [join(root, 'scripts/manga.ts'), 'dev', '--port', '0'], {
    cwd,
    timeoutSeconds: 30,
    until: /127\.0\.0\.1:/,
  }),
);
show(`local cloud ready, median of ${readyRuns}`, `${secondsOf(ready).toFixed(2)} s`, '≤ 1.5 s');

const overhead = await measureOverhead();
show('engine, per durable state transition', `${overhead.median.toFixed(3)} ms`, '≤ 0.5 ms');

const demos = await repeat(demoRuns, (cwd) =>
  timedRun('node', [join(root, 'scripts/manga.ts'), 'demo', '--out', join(cwd, 'out')], {
    cwd,
    timeoutSeconds: 900,
  }),
);
show(`demo of the sample chapter, median of ${demoRuns}`, `${secondsOf(demos).toFixed(1)} s`, '≤ 90 s');
const peak = Math.max(...demos.map(({ peakMemory }) => peakMemory));
show('demo, peak memory of all its processes', `${(peak / megabyte).toFixed(0)} MB`, '≤ 1,536 MB');

await measureDeployment();
