import { type LoadEnvironment, startLoadEnvironment } from './environment.ts';
import { audit } from './invariants.ts';

let environment: LoadEnvironment;
afterEach(() => environment.close());

test('lanes publish each chapter once, a series in order, and no more than the quota', async () => {
  environment = await startLoadEnvironment({
    ...{ quota: 6, rate: 0.1, seed: 3, brokenEvery: 9, lanes: 3, chaptersPerSeries: 3 },
  });
  await environment.library.add(12);
  await environment.passDay(1);
  const first = await audit(environment, 6);
  expect(first.broken).toEqual([]);
  // Another run shares the day with the lanes.
  await environment.passDay(2);
  const second = await audit(environment, 6);
  expect(second.broken).toEqual([]);
  expect(second.published).toBeGreaterThan(first.published);
  // Runs and their lanes.
  expect(environment.histories.executions).toBeGreaterThanOrEqual(3 + 2 * 3);
}, 600_000);
