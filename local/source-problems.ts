import type { Problem } from 'local-aws';
import type { Journal } from './journal.ts';

/** A mistake in the sources, and the check that found it: `code`, `settings`, `flow` or `types`. */
export type SourceProblem = Problem & { check: string };

/** Returns a function that lists the current problems in the sources, from the first entry of the journal on. */
export function sourceProblems(journal: Journal): () => SourceProblem[] {
  const found = new Map<string, Problem[]>();
  journal.subscribe(({ type, data }) => {
    if (type === 'problems') found.set(data.check, data.problems);
  });
  return () => [...found].flatMap(([check, problems]) => problems.map((problem) => ({ check, ...problem })));
}
