/** `make lab WHAT=crash`: stops the pipeline at hundreds of points of a job and checks its guarantees. */
import { givenNumber } from '../figures/given-number.ts';
import { callersOf, type Outcome, stopJobs } from './campaign.ts';
import { describe } from './point.ts';

async function main(): Promise<void> {
  // The default changes daily, to find other faults; the output contains it.
  const seed = givenNumber('SEED', Math.floor(Date.now() / 86_400_000));
  const points = givenNumber('POINTS', 240);
  const parallel = givenNumber('PARALLEL', 2);
  const lanes = givenNumber('LANES', 1);
  const renderShards = givenNumber('SHARDS', 0);
  const renderShardsOn = process.env.SHARDS_ON === 'functions' ? 'functions' : 'machines';
  const workerIdleMinutes = givenNumber('IDLE', 0);
  const at = process.env.AT;
  console.log(`seed ${seed}`);
  // The publishers only differ in publishing: YouTube gets all points, the folder only those of the uploader.
  const folderPoints = Math.round(points / 8);
  const outcomes: Outcome[] = [];
  for (const campaign of [
    { publisher: 'youtube' as const, points: points - folderPoints, of: () => true },
    {
      publisher: 'folder' as const,
      points: folderPoints,
      of: ({ caller }: { caller: string }) => caller === 'uploader',
    },
  ]) {
    const { publisher, of } = campaign;
    console.log(`publisher ${publisher}`);
    outcomes.push(
      await stopJobs({
        ...campaign,
        lanes,
        renderShards,
        renderShardsOn,
        workerIdleMinutes,
        seed,
        parallel,
        only: (point) => of(point) && (!at || describe(point).includes(at)),
        tell: console.log,
      }),
    );
  }
  const reached = outcomes.flatMap((one) => one.reached);
  const broken = outcomes.flatMap((one) => one.broken);
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, one) => total + of(one), 0);
  console.log(`
points known         ${sum(({ known }) => known)}
points tried         ${reached.length}, in ${sum(({ jobs }) => jobs)} jobs (${callersOf(reached)})
killed                ${reached.filter(({ victim }) => victim === 'cloud').length} times the cloud, ${reached.filter(({ victim }) => victim === 'caller').length} times a function or machine
invariants broken    ${broken.length}`);
  for (const line of broken) console.error(line);
  if (broken.length > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  console.error(`make lab WHAT=crash: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
});
