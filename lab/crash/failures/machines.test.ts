import { type FailureEnvironment, startFailureEnvironment } from './failure-environment.ts';
import { failuresOfMachines } from './machines.ts';
import { play } from './play.ts';
import { expectTold } from './told.ts';

let pipeline: FailureEnvironment;
beforeAll(async () => {
  pipeline = await startFailureEnvironment([]);
}, 120_000);
afterAll(() => pipeline?.close());

test.each(failuresOfMachines.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
  '%s',
  async (_, failing) => {
    await play(failing, pipeline);
    await expectTold(failing, pipeline);
  },
  300_000,
);
