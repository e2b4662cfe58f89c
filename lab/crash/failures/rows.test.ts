import { failureClasses } from '../../../domain/runbook.ts';
import { failuresOfMachines } from './machines.ts';
import { failuresOfPublishing } from './publishing.ts';
import { failuresOfSource } from './source.ts';
import { failuresOfSteps } from './steps.ts';

test('every error class occurs on the whole flow', () => {
  const all = [failuresOfSource, failuresOfSteps, failuresOfMachines, failuresOfPublishing].flat();
  const played = new Set(all.map(({ failure }) => failure));
  expect(failureClasses.filter((failure) => !played.has(failure))).toEqual([]);
});
