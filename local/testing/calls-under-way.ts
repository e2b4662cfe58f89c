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
  const calls = callsOfExecutions();
  journal.subscribe(({ type, data }) => {
    if (type === 'execution') calls.note(data.executionArn, data.event);
  });
  return () => calls.isAnyYoungerThan(longestWayMs);
}

/** What executions have called and not heard of yet, by their events. */
export function callsOfExecutions() {
  const calledAt = new Map<string, number>();
  return {
    note(executionArn: string, { type }: { type: string }): void {
      if (type === 'TaskScheduled') calledAt.set(executionArn, performance.now());
      else if (type !== 'TaskStarted') calledAt.delete(executionArn);
    },
    isAnyYoungerThan: (milliseconds: number): boolean =>
      [...calledAt.values()].some((at) => performance.now() - at < milliseconds),
  };
}
