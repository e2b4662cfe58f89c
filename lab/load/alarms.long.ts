import { type LoadEnvironment, startLoadEnvironment } from './environment.ts';

let environment: LoadEnvironment;
afterAll(() => environment.close());

test('two days without a fault give the alarms their metrics, and none of them rings', async () => {
  environment = await startLoadEnvironment({
    ...{ quota: 1, rate: 0, seed: 7, brokenEvery: 1000, lanes: 1, chaptersPerSeries: 50 },
  });
  const begin = environment.cloud.clock.now();
  await environment.library.add(2);
  for (let day = 0; day < 2; day++) await environment.passDay(1);
  const names = [...environment.alarms.metrics.keys()].map((key) => JSON.parse(key)[1]);
  expect(new Set(names)).toEqual(
    new Set(['RunsStarted', 'VideosOfDay', 'WorkerTime', 'ExecutionsSucceeded', 'Errors', 'Throttles']),
  );
  expect(environment.alarms.rings(begin)).toEqual([]);
}, 300_000);
