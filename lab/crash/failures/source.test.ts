import { type FailureEnvironment, startFailureEnvironment } from './failure-environment.ts';
import { play } from './play.ts';
import { failuresOfSource } from './source.ts';
import { expectTold } from './told.ts';

let pipeline: FailureEnvironment;
beforeAll(async () => {
  pipeline = await startFailureEnvironment([], { settings: { chapterSource: 'mangadex' } });
}, 120_000);
afterAll(() => pipeline?.close());

test.each(failuresOfSource.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
  '%s',
  async (_, failing) => {
    await play(failing, pipeline);
    await expectTold(failing, pipeline);
  },
  300_000,
);
