import type { Journal } from '../journal.ts';

/** How many invocations have begun and not ended since this was asked for, whatever is kept of them. */
export function callsUnderWay(journal: Journal): () => number {
  let count = 0;
  journal.subscribe(({ type, data }) => {
    if (type === 'invocation') count += data.phase === 'started' ? 1 : -1;
  });
  return () => count;
}

/** On a busy machine a request may take so long until somebody has it; one whose answer is lost has been there. */
const longestWayMs = 5000;

/** Whether an execution has just called something: nobody may have begun with it yet. */
export function isCallOnItsWay(journal: Journal): () => boolean {
  const calledAt = new Map<string, number>();
  journal.subscribe(({ type, data }) => {
    if (type !== 'execution') return;
    const { executionArn, event } = data;
    if (event.type === 'TaskScheduled') calledAt.set(executionArn, performance.now());
    else if (event.type !== 'TaskStarted') calledAt.delete(executionArn);
  });
  return () => [...calledAt.values()].some((at) => performance.now() - at < longestWayMs);
}
