import { type FailureEnvironment, startFailureEnvironment } from './failure-environment.ts';
import { type Group, nameOf } from './groups.ts';
import { play } from './play.ts';
import { expectTold } from './told.ts';

/** Makes a test of each failure of a group, all in one environment; `more` adds tests that use it. */
export function playGroup(
  { of, failures, environment }: Group,
  more: (pipeline: () => FailureEnvironment) => void = () => {},
): void {
  describe(`failures of ${of}`, () => {
    let pipeline: FailureEnvironment;
    beforeAll(async () => {
      pipeline = await startFailureEnvironment(...environment);
    }, 120_000);
    afterAll(() => pipeline?.close());

    test.each(failures.map((failing) => [nameOf(failing), failing] as const))(
      '%s',
      async (_, failing) => {
        await play(failing, pipeline);
        await expectTold(failing, pipeline);
      },
      300_000,
    );
    more(() => pipeline);
  });
}
