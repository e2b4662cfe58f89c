import { failureClasses } from '../../domain/runbook.ts';
import { failuresOfMachines } from './machines.ts';
import { failuresOfPublishing } from './publishing.ts';
import { failuresOfSource } from './source.ts';
import { failuresOfSteps } from './steps.ts';

/** A doubtful chapter fails only where the operator set `onDoubt: fail`, which no day here does; local/flow.test.ts plays it. */
const playedElsewhere = ['ChapterDoubtful'];

test('every class of failures is brought about on the whole flow', () => {
  const all = [failuresOfSource, failuresOfSteps, failuresOfMachines, failuresOfPublishing].flat();
  const played = new Set([...all.map(({ failure }) => failure), ...playedElsewhere]);
  expect(failureClasses.filter((failure) => !played.has(failure))).toEqual([]);
});
