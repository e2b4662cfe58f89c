import type { Journal } from '../journal.ts';

/** How many invocations have begun and not ended since this was asked for, whatever is kept of them. */
export function callsUnderWay(journal: Journal): () => number {
  let count = 0;
  journal.subscribe(({ type, data }) => {
    if (type === 'invocation') count += data.phase === 'started' ? 1 : -1;
  });
  return () => count;
}
