import { type FailureWorld, startFailureWorld } from './failure-world.ts';
import { play } from './play.ts';
import { failuresOfSource } from './source.ts';
import { expectTold } from './told.ts';

let world: FailureWorld;
beforeAll(async () => {
  world = await startFailureWorld([], { settings: { chapterSource: 'mangadex' } });
}, 120_000);
afterAll(() => world?.close());

test.each(failuresOfSource.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
  '%s',
  async (_, failing) => {
    await play(failing, world);
    await expectTold(failing, world);
  },
  300_000,
);
