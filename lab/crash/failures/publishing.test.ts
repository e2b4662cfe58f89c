import { type FailureEnvironment, startFailureEnvironment } from './failure-environment.ts';
import { play } from './play.ts';
import { failuresOfPublishing } from './publishing.ts';
import { expectTold } from './told.ts';

let pipeline: FailureEnvironment;
beforeAll(async () => {
  pipeline = await startFailureEnvironment(['youtube'], { settings: { review: 'manual', reviewHours: 1 } });
}, 120_000);
afterAll(() => pipeline?.close());

test.each(failuresOfPublishing.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
  '%s',
  async (_, failing) => {
    await play(failing, pipeline);
    await expectTold(failing, pipeline);
  },
  300_000,
);
