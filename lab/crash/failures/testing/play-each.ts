import type { Failing } from './failing.ts';
import { type FailureEnvironment, startFailureEnvironment } from './failure-environment.ts';
import { play } from './play.ts';
import { expectTold } from './told.ts';

/** Makes a test of each failure, all in one environment, and returns that environment once it has started. */
export function playEach(
  failures: readonly Failing[],
  ...options: Parameters<typeof startFailureEnvironment>
): () => FailureEnvironment {
  let pipeline: FailureEnvironment;
  beforeAll(async () => {
    pipeline = await startFailureEnvironment(...options);
  }, 120_000);
  afterAll(() => pipeline?.close());

  test.each(failures.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
    '%s',
    async (_, failing) => {
      await play(failing, pipeline);
      await expectTold(failing, pipeline);
    },
    300_000,
  );
  return () => pipeline;
}
