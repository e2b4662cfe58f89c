import { WebSocket } from 'ws';

/** Milliseconds for a thread to confirm; one that computes without a break does not. */
const patience = 1_000;
/** Ids that no debugger uses. */
let lastId = 1_500_000_000;

/**
 * Removes the breakpoints of a debugger from the main thread and from the sessions of other threads, and resumes what it has
 * paused: Node does neither when the debugger's connection is lost. Resolves when all have confirmed, or after a second.
 */
export async function liftBreakpoints(inspector: WebSocket, sessions: Iterable<string>): Promise<void> {
  if (inspector.readyState !== WebSocket.OPEN) return;
  const waiting = new Set<number>();
  const confirmed = Promise.withResolvers<void>();
  const read = (data: unknown) => {
    for (const id of waiting) if (String(data).includes(String(id))) waiting.delete(id);
    if (waiting.size === 0) confirmed.resolve();
  };
  const request = (method: string) => {
    lastId += 1;
    waiting.add(lastId);
    return { id: lastId, method };
  };
  inspector.on('message', read);
  for (const method of ['Debugger.disable', 'Debugger.resume']) {
    inspector.send(JSON.stringify(request(method)));
    for (const sessionId of sessions) {
      const message = JSON.stringify(request(method));
      lastId += 1;
      const wrapped = {
        id: lastId,
        method: 'NodeWorker.sendMessageToWorker',
        params: { sessionId, message },
      };
      inspector.send(JSON.stringify(wrapped));
    }
  }
  const timer = setTimeout(confirmed.resolve, patience);
  await confirmed.promise;
  clearTimeout(timer);
  inspector.off('message', read);
}
