import type { Failing } from './failing.ts';
import type { startFailureEnvironment } from './failure-environment.ts';
import { failuresOfMachines } from './machines.ts';
import { failuresOfPublishing } from './publishing.ts';
import { failuresOfSource } from './source.ts';
import { failuresOfSteps } from './steps.ts';

/** Failures that are played in one environment, one day each. */
export interface Group {
  of: string;
  failures: readonly Failing[];
  environment: Parameters<typeof startFailureEnvironment>;
}

/** Every failure of a job. */
export const failureGroups: readonly Group[] = [
  {
    of: 'the source',
    failures: failuresOfSource,
    environment: [[], { settings: { chapterSource: 'mangadex' } }],
  },
  { of: 'the steps', failures: failuresOfSteps, environment: [['edge'], { settings: { onDoubt: 'fail' } }] },
  { of: 'machines', failures: failuresOfMachines, environment: [[]] },
  {
    of: 'publishing',
    failures: failuresOfPublishing,
    environment: [['youtube'], { settings: { review: 'manual', reviewHours: 1 } }],
  },
];

/** Returns a number of failures that `rank` puts first, in their groups. */
export function sampleOf(groups: readonly Group[], count: number, rank: (name: string) => number): Group[] {
  const names = groups.flatMap(({ failures }) => failures.map(nameOf));
  const first = new Set(names.sort((one, other) => rank(one) - rank(other)).slice(0, count));
  return groups.flatMap((group) => {
    const failures = group.failures.filter((failing) => first.has(nameOf(failing)));
    return failures.length > 0 ? [{ ...group, failures }] : [];
  });
}

export const nameOf = ({ failure, cause }: Failing): string => `${failure}: ${cause}`;
