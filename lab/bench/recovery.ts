/** `make bench WHAT=recovery`: measures the time from a machine's end to the next machine, and the lost work. */

import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { eventually } from 'local-aws/testing';
import { startMachineEnvironment } from '../crash/testing/machine-environment.ts';
import { givenNumber } from '../figures/given-number.ts';

const kills = givenNumber('KILLS', 3);
const cores = availableParallelism();
const renderer = join(import.meta.dirname, '../../workers/renderer/main.ts');
const patience = 900_000;

/** Extracts the hashes of pieces from names of files or keys. */
const hashesIn = (names: readonly string[]) =>
  new Set(names.flatMap((name) => /([0-9a-f]{32,})[^/]*$/.exec(name)?.[1] ?? []));

const pipeline = await startMachineEnvironment({ pages: 4 });
try {
  pipeline.replaceWorker('renderer', `import '${renderer}';`);
  const finished = async () =>
    hashesIn((await pipeline.records.keys('jobs/')).filter((key) => key.includes('/render/')));
  const execution = await pipeline.begin();
  const recoveries: number[] = [];
  const redone: number[] = [];
  for (let nth = 1; nth <= kills; nth += 1) {
    const { id } = await pipeline.atWork('renderer', nth);
    const before = (await finished()).size;
    // Waits until another piece is in the bucket, so that further ones are in progress.
    await eventually('another piece', async () => (await finished()).size > before, patience);
    const disk = join(pipeline.folder, 'state/disks', id);
    const done = await finished();
    const begun = existsSync(disk)
      ? hashesIn(readdirSync(disk, { recursive: true, encoding: 'utf8' }))
      : new Set<string>();
    redone.push([...begun].filter((hash) => !done.has(hash)).length);
    const killedAt = performance.now();
    pipeline.cloud.killMachine(id);
    await eventually('the next machine', () => pipeline.machines('renderer').length > nth, patience);
    recoveries.push((performance.now() - killedAt) / 1000);
  }
  const { status } = await pipeline.end(execution);
  if (status !== 'SUCCEEDED' || pipeline.messages.length > 0) throw new Error(`the day ended with ${status}`);
  const seconds = (list: readonly number[]) => list.map((one) => `${one.toFixed(1)} s`).join(', ');
  console.log(`machines killed at their work      ${kills}
from the end of one to the next    ${seconds(recoveries)}   (wanted: ≤ 10 s)
pieces in progress at the end       ${redone.join(', ')} on ${cores} cores   (wanted: ≤ 1 a core)`);
  if (Math.max(...recoveries) > 10 || Math.max(...redone) > cores) process.exitCode = 1;
} finally {
  await pipeline.close();
}
