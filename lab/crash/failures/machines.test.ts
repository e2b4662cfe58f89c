import { type FailureWorld, startFailureWorld } from './failure-world.ts';
import { failuresOfMachines } from './machines.ts';
import { play } from './play.ts';
import { expectTold } from './told.ts';

let world: FailureWorld;
beforeAll(async () => {
  world = await startFailureWorld([]);
}, 120_000);
afterAll(() => world?.close());

test.each(failuresOfMachines.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
  '%s',
  async (_, failing) => {
    await play(failing, world);
    await expectTold(failing, world);
  },
  300_000,
);
