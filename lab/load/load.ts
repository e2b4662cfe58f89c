/**
 * `make lab WHAT=load`: simulates weeks of full days with failing calls and dying machines. Exits with 1 when a guarantee is broken
 * or memory grows.
 */

import { givenNumber } from '../figures/given-number.ts';
import { type LoadSettings, startLoadEnvironment } from './environment.ts';
import { audit } from './invariants.ts';
import { trendOf } from './memory.ts';

const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)}`.padStart(5);

async function main(): Promise<void> {
  const days = givenNumber('DAYS', 30);
  const backlog = givenNumber('BACKLOG', 500);
  const arriving = givenNumber('ARRIVING', givenNumber('JOBS', 100));
  // The default changes daily, to find other faults; the output contains it.
  const settings: LoadSettings = {
    quota: givenNumber('JOBS', 100),
    rate: givenNumber('RATE', 5) / 100,
    seed: givenNumber('SEED', Math.floor(Date.now() / 86_400_000)),
    brokenEvery: 300,
    lanes: givenNumber('LANES', 1),
    chaptersPerSeries: givenNumber('SERIES', 50),
  };
  if (settings.rate === 0) settings.brokenEvery = Number.POSITIVE_INFINITY;
  console.log(`seed ${settings.seed}`);
  const environment = await startLoadEnvironment(settings);
  const begun = performance.now();
  const begin = environment.cloud.clock.now();
  const memory: number[] = [];
  try {
    await environment.library.add(backlog);
    for (let day = 1; day <= days; day++) {
      // The last days only work off the backlog.
      if (day > 1 && day <= days - Math.ceil(backlog / settings.quota) - 1)
        await environment.library.add(arriving);
      await environment.passDay(givenNumber('RUNS', 4));
      const { published, failed, broken } = await audit(environment, settings.quota);
      const { rss, heapUsed } = process.memoryUsage();
      memory.push(rss);
      const faults = [...environment.struck.values()].reduce((sum, times) => sum + times, 0);
      console.log(
        `day ${String(day).padStart(2)}   published ${String(published).padStart(5)} of ${environment.library.count}   failed ${failed}   ` +
          `faults ${faults} of ${environment.calls} calls   executions ${environment.histories.executions}   longest history ${environment.histories.longest}   ` +
          `memory ${mebibytes(rss)} MiB, heap ${mebibytes(heapUsed)} MiB   ${Math.round((performance.now() - begun) / 1000)} s`,
      );
      for (const what of broken) console.error(`day ${day}: ${what}`);
      if (broken.length > 0) process.exitCode = 1;
    }
    const rings = environment.alarms.rings(begin);
    for (const { alarm, state, at } of rings)
      console.log(`alarm ${alarm}: ${state} on day ${Math.ceil((at * 1000 - begin) / 86_400_000)}`);
    console.log(`${rings.length} alarms rang`);
    if (settings.rate === 0 && rings.length > 0) process.exitCode = 1;
    for (const [what, times] of [...environment.struck].sort()) console.log(`${what.padEnd(32)}${times}`);
    const trend = trendOf(memory);
    if (!trend) return;
    const { middle, last, isFlat } = trend;
    console.log(
      `memory, medians of the middle and of the last third of the days: ${mebibytes(middle)}, ${mebibytes(last)} MiB: ` +
        (isFlat ? 'flat' : 'growing'),
    );
    if (!isFlat) process.exitCode = 1;
  } finally {
    await environment.close();
  }
}

await main().catch((error: unknown) => {
  console.error('make lab WHAT=load:', error);
  process.exitCode = 2;
});
