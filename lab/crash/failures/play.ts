/** Plays days of the pipeline on which chapters fail. */

import type { Execution } from '../../../local/demo/executions.ts';
import type { Failing } from './failing.ts';
import type { FailureWorld } from './failure-world.ts';

/** Plays a day with two chapters, of which the first fails. */
export async function play(failing: Failing, world: FailureWorld): Promise<void> {
  const day = world.beginDay();
  const [bad, good] = [`${day}-fails`, `${day}-goes-well`];
  await addChapter(bad, failing, world);
  await world.addChapter(good);
  const end = failing.begin?.(world);
  if (end) world.onceTold(end);
  const executionArn = await world.start();
  await failing.meanwhile?.(world);
  await endOfDay(executionArn, failing, world);
  if (failing.endsDay) {
    await world.jump('1d');
    await endOfDay(await world.start(), failing, world);
  }
  expect(await world.statusOf(failing.next ?? good)).toBe('published');
}

/** Plays a day on which several chapters fail. */
export async function playTogether(all: readonly Failing[], world: FailureWorld): Promise<Execution> {
  world.beginDay();
  for (const [index, failing] of all.entries()) await addChapter(`together-${index}`, failing, world);
  return world.end(await world.start());
}

async function addChapter(id: string, { chapter }: Failing, world: FailureWorld): Promise<void> {
  if (chapter) await chapter(world, id);
  else await world.addChapter(id);
}

async function endOfDay(executionArn: string, { step }: Failing, world: FailureWorld): Promise<void> {
  const approve = async () => {
    for (const { review_token } of await world.waiting()) await world.judge(review_token);
  };
  const execution = await world.end(executionArn, { step, idly: approve });
  expect(execution).toMatchObject({ status: 'SUCCEEDED' });
}
