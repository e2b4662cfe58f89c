import { playTogether } from './testing/play.ts';
import { playEach } from './testing/play-each.ts';
import { failuresOfSteps } from './testing/steps.ts';

const pipeline = playEach(failuresOfSteps, ['edge'], { settings: { onDoubt: 'fail' } });

test('three failures end a run; each failure and the run are reported', async () => {
  const noPage = failuresOfSteps.slice(1, 2);
  const execution = await playTogether([...noPage, ...noPage, ...noPage], pipeline());
  expect(execution).toMatchObject({ status: 'FAILED', error: 'TooManyFailures' });
  expect(pipeline().messages.map(({ subject }) => subject)).toEqual(
    Array(3).fill('manga-pipeline: FetchManga failed with ChapterUnreadable'),
  );
}, 300_000);
