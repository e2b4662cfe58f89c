import { type LoadEnvironment, startLoadEnvironment } from './environment.ts';
import { audit } from './invariants.ts';

const quota = 4;
let environment: LoadEnvironment;
afterEach(() => environment.close());

test('two full days with faults in every tenth call leave consistent tables', async () => {
  environment = await startLoadEnvironment({
    ...{ quota, rate: 0.1, seed: 7, brokenEvery: 4, lanes: 1, chaptersPerSeries: 1 },
  });
  await environment.library.add(2 * quota);
  await environment.passDay(1);
  const first = await audit(environment, quota);
  expect(first.broken).toEqual([]);
  // Two simultaneous runs: the second finds the day's slots taken.
  await environment.passDay(2);
  const second = await audit(environment, quota);
  expect(second.broken).toEqual([]);
  expect(second.published).toBeGreaterThan(first.published);
  expect([...environment.struck.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(10);
  const struck = (fault: string) => environment.struck.get(`lambda: ${fault}`) ?? 0;
  const counted = (metric: string) =>
    [...environment.alarms.metrics].flatMap(([key, points]) => (JSON.parse(key)[1] === metric ? points : []));
  const sum = (metric: string) => counted(metric).reduce((total, { value }) => total + value, 0);
  expect(sum('Throttles')).toBe(struck('throttled'));
  expect(sum('Errors')).toBeGreaterThanOrEqual(struck('function failed'));
  expect(struck('throttled') + struck('function failed')).toBeGreaterThan(0);
});
