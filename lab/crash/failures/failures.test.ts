import { randomInt } from 'node:crypto';
import { failureClasses } from '../../../domain/runbook.ts';
import { givenNumber } from '../../figures/given-number.ts';
import { rankOf } from '../pick.ts';
import { failureGroups, nameOf, sampleOf } from './testing/groups.ts';
import { playGroup } from './testing/play-group.ts';

/** Failures that a run plays; failures.long.ts plays all. */
const count = 1;
const seed = givenNumber('SEED', randomInt(1_000_000));

test('every error class occurs on the whole flow', () => {
  const played = new Set(failureGroups.flatMap(({ failures }) => failures.map(({ failure }) => failure)));
  expect(failureClasses.filter((failure) => !played.has(failure))).toEqual([]);
});

test('each failure is in the sample of some seed, and a seed determines its sample', () => {
  const names = (wanted: number) =>
    sampleOf(failureGroups, count, (name) => rankOf(wanted, name)).flatMap(({ failures }) =>
      failures.map(nameOf),
    );
  const all = failureGroups.flatMap(({ failures }) => failures.map(nameOf));
  const sampled = new Set(Array.from({ length: 200 }, (_, index) => names(index)).flat());
  expect([...sampled].sort()).toEqual([...new Set(all)].sort());
  expect(names(7)).toEqual(names(7));
  expect(names(7)).toHaveLength(count);
});

describe(`a sample of ${count}, SEED=${seed}:`, () => {
  for (const group of sampleOf(failureGroups, count, (name) => rankOf(seed, name))) playGroup(group);
});
