import { failureClasses } from '../../../domain/runbook.ts';
import { failuresOfMachines } from './testing/machines.ts';
import { failuresOfPublishing } from './testing/publishing.ts';
import { failuresOfSource } from './testing/source.ts';
import { failuresOfSteps } from './testing/steps.ts';

test('every error class occurs on the whole flow', () => {
  const all = [failuresOfSource, failuresOfSteps, failuresOfMachines, failuresOfPublishing].flat();
  const played = new Set(all.map(({ failure }) => failure));
  expect(failureClasses.filter((failure) => !played.has(failure))).toEqual([]);
});
