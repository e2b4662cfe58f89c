import { type FailureEnvironment, startFailureEnvironment } from './failure-environment.ts';
import { play, playTogether } from './play.ts';
import { failuresOfSteps } from './steps.ts';
import { expectTold } from './told.ts';

let pipeline: FailureEnvironment;
beforeAll(async () => {
  pipeline = await startFailureEnvironment(['edge'], { settings: { onDoubt: 'fail' } });
}, 120_000);
afterAll(() => pipeline?.close());

test.each(failuresOfSteps.map((failing) => [`${failing.failure}: ${failing.cause}`, failing] as const))(
  '%s',
  async (_, failing) => {
    await play(failing, pipeline);
    await expectTold(failing, pipeline);
  },
  300_000,
);

test('three failures end a run; each failure and the run are reported', async () => {
  const noPage = failuresOfSteps.slice(1, 2);
  const execution = await playTogether([...noPage, ...noPage, ...noPage], pipeline);
  expect(execution).toMatchObject({ status: 'FAILED', error: 'TooManyFailures' });
  expect(pipeline.messages.map(({ subject }) => subject)).toEqual(
    Array(3).fill('manga-pipeline: FetchManga failed with ChapterUnreadable'),
  );
}, 300_000);
