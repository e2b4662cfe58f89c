import { Progress } from './progress.ts';

/** A progress over a number of frames, its reports, and its clock in seconds. */
function watched(frames: number) {
  const reports: [done: number, secondsLeft: number | undefined][] = [];
  const clock = { seconds: 0 };
  const progress = new Progress(
    frames,
    async (done, _, secondsLeft) => void reports.push([done, secondsLeft]),
    () => clock.seconds * 1000,
  );
  return { progress, reports, clock };
}

test('estimates the time left from the pace of the frames that it drew', async () => {
  const { progress, reports, clock } = watched(1000);
  progress.skipFrames(400);
  await null;
  await null;
  clock.seconds = 10;
  progress.addFrames(100);
  await progress.finish();
  // 100 frames took 10 seconds, and 500 are left.
  expect(reports).toEqual([
    [37, undefined],
    [47, 50],
    [100, undefined],
  ]);
});

test('makes no estimate in the first moments', async () => {
  const { progress, reports, clock } = watched(100);
  clock.seconds = 1;
  progress.addFrames(10);
  await progress.finish();
  expect(reports[0]).toEqual([9, undefined]);
});
