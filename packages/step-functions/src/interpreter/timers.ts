/** Timers of waiting states. They have absolute times, so a restart does not change them. */

import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';

/** Sets the timer of a thread that waits, backs off or runs a task; a past deadline is due immediately. */
export function wake(execution: Execution, thread: Thread): void {
  const at = deadline(thread);
  if (at === undefined) execution.disarm(thread.id);
  else execution.arm(thread.id, at, () => execution.host.due(execution, thread));
}

function deadline({ phase }: Thread): number | undefined {
  if (phase.type === 'waiting' || phase.type === 'backoff') return phase.until;
  if (phase.type !== 'task') return undefined;
  const first = Math.min(
    phase.timeoutAt ?? Number.POSITIVE_INFINITY,
    phase.heartbeatAt ?? Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(first) ? first : undefined;
}
