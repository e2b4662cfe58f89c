import { failureGroups } from './testing/groups.ts';
import { playTogether } from './testing/play.ts';
import { playGroup } from './testing/play-group.ts';
import { failuresOfSteps } from './testing/steps.ts';

/** Plays every failure; failures.test.ts plays a few at random. */
for (const group of failureGroups)
  playGroup(group, (pipeline) => {
    if (group.failures !== failuresOfSteps) return;
    test('three failures end a run; each failure and the run are reported', async () => {
      const noPage = failuresOfSteps.slice(1, 2);
      const execution = await playTogether([...noPage, ...noPage, ...noPage], pipeline());
      expect(execution).toMatchObject({ status: 'FAILED', error: 'TooManyFailures' });
      expect(pipeline().messages.map(({ subject }) => subject)).toEqual(
        Array(3).fill('manga-pipeline: FetchManga failed with ChapterUnreadable'),
      );
    }, 300_000);
  });
