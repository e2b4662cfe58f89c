/** Runs days of the pipeline with failing chapters. */

import type { Execution } from '../../../../local/demo/executions.ts';
import type { Failing } from './failing.ts';
import type { FailureEnvironment } from './failure-environment.ts';

/** Runs a day with chapters of two series; the first fails. */
export async function play(failing: Failing, pipeline: FailureEnvironment): Promise<void> {
  const day = pipeline.beginDay();
  const [bad, good] = [`${day}-fails/1`, `${day}-goes-well/1`];
  await addChapter(bad, failing, pipeline);
  await pipeline.addChapter(good);
  const end = failing.begin?.(pipeline);
  if (end) pipeline.onceTold(end);
  const executionArn = await pipeline.start();
  await failing.meanwhile?.(pipeline, executionArn);
  await endOfDay(executionArn, failing, pipeline, failing.ends);
  if (failing.endsDay) {
    await pipeline.jump('1d');
    await endOfDay(await pipeline.start(), failing, pipeline);
  }
  expect(await pipeline.statusOf(failing.next ?? good)).toBe('published');
}

/** Runs a day when chapters of several series fail. */
export async function playTogether(
  all: readonly Failing[],
  pipeline: FailureEnvironment,
): Promise<Execution> {
  pipeline.beginDay();
  for (const [index, failing] of all.entries()) await addChapter(`together-${index}/1`, failing, pipeline);
  return pipeline.end(await pipeline.start());
}

async function addChapter(id: string, { chapter }: Failing, pipeline: FailureEnvironment): Promise<void> {
  if (chapter) await chapter(pipeline, id);
  else await pipeline.addChapter(id);
}

async function endOfDay(
  executionArn: string,
  { step }: Failing,
  pipeline: FailureEnvironment,
  status: Execution['status'] = 'SUCCEEDED',
): Promise<void> {
  const approve = async () => {
    for (const { review_token } of await pipeline.waiting()) await pipeline.judge(review_token);
  };
  const execution = await pipeline.end(executionArn, { step, idly: approve });
  expect(execution).toMatchObject({ status });
}
