/** `make bench WHAT=rollback`: measures a rollback while a machine renders, and checks that no job is lost. */
import { startDeployedPipeline } from '../../local/testing/deployments.ts';
import { givenNumber } from '../figures/given-number.ts';
import { median } from '../figures/median.ts';

const runs = givenNumber('RUNS', 3);
const wanted = 60;

const pipeline = await startDeployedPipeline();
const seconds: number[] = [];
let published = 0;
try {
  for (let run = 1; run <= runs; run += 1) {
    await pipeline.deploy(`old${run}`);
    await pipeline.end(await pipeline.begin(`series/${run}-1`));
    await pipeline.deploy(`new${run}`);
    pipeline.forget();
    const running = await pipeline.whileRendering(
      () => pipeline.begin(`series/${run}-2`),
      async () => {
        const startedAt = performance.now();
        const { code, output } = await pipeline.manga('rollback', '--yes');
        seconds.push((performance.now() - startedAt) / 1000);
        if (code !== 0) throw new Error(output);
      },
    );
    await pipeline.end(running);
    published += (await pipeline.jobs()).filter((job) => job?.status === 'published').length;
  }
} finally {
  await pipeline.close();
}
console.log(`rollbacks during a render     ${runs}
from the command to its end   ${seconds.map((one) => `${one.toFixed(1)} s`).join(', ')}, median ${median(seconds).toFixed(1)} s   (wanted: ≤ ${wanted} s)
jobs that rendered meanwhile  ${published} of ${runs} published`);
if (Math.max(...seconds) > wanted || published < runs) process.exitCode = 1;
