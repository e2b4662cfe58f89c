import type { HistoryEvent } from 'step-functions-local';

/**
 * Step Functions' limits for the events of a history and for the bytes of a state's input or output (API reference).
 */
export const limits = { events: 25_000, bytes: 262_144 };

/** Collects statistics of all executions without keeping their events. */
export function watchHistories() {
  /** Number of events of each running execution. */
  const open = new Map<string, number>();
  let longest = 0;
  let largest = 0;
  let executions = 0;
  return {
    get running() {
      return open.size;
    },
    get executions() {
      return executions;
    },
    /** Number of events of the longest history. */
    get longest() {
      return longest;
    },
    /** Size in bytes of the largest input or output of a state. */
    get largest() {
      return largest;
    },
    note({ executionArn, event }: { executionArn: string; event: HistoryEvent }): void {
      if (event.type === 'ExecutionStarted') executions += 1;
      open.set(executionArn, event.id);
      longest = Math.max(longest, event.id);
      const texts = [event.stateEnteredEventDetails?.input, event.stateExitedEventDetails?.output];
      for (const text of texts)
        if (typeof text === 'string') largest = Math.max(largest, Buffer.byteLength(text));
      if (/^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(event.type)) open.delete(executionArn);
    },
  };
}
