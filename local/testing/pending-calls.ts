import type { Journal } from '../journal.ts';

/** Returns a counter of the invocations that have started and not ended since the call, whatever the journal keeps. */
export function pendingInvocations(journal: Journal): () => number {
  let count = 0;
  journal.subscribe(({ type, data }) => {
    if (type === 'invocation') count += data.phase === 'started' ? 1 : -1;
  });
  return () => count;
}

/** On a busy machine a request can take this long to be received; one whose response is lost has been received. */
const longestWayMs = 5000;

/** Returns whether an execution has just made a call that might not have been received yet. */
export function isCallInFlight(journal: Journal): () => boolean {
  const calls = callsOfExecutions();
  journal.subscribe(({ type, data }) => {
    if (type === 'execution') calls.note(data.executionArn, data.event);
  });
  return () => calls.isAnyYoungerThan(longestWayMs);
}

/** Tracks the pending calls of executions by their events. */
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
