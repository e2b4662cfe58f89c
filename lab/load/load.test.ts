import { audit } from './invariants.ts';
import { type LoadWorld, startLoadWorld } from './world.ts';

const quota = 4;
let world: LoadWorld;
afterEach(() => world.close());

test('two full days with faults in every tenth call leave consistent tables', async () => {
  world = await startLoadWorld({ quota, rate: 0.1, seed: 7, brokenEvery: 4 });
  await world.library.add(2 * quota);
  await world.passDay(1);
  const first = await audit(world, quota);
  expect(first.broken).toEqual([]);
  // Two simultaneous runs: the second finds the day's slots taken.
  await world.passDay(2);
  const second = await audit(world, quota);
  expect(second.broken).toEqual([]);
  expect(second.published).toBeGreaterThan(first.published);
  expect([...world.struck.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(10);
}, 120_000);
