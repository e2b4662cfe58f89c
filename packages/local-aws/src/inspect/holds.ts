/** Reads an inspector's messages to a debugger, and derives which threads the debugger has paused. */
export function watchHolds(onChange: (isHolding: boolean) => void) {
  /** Sessions of the threads that the debugger is attached to. */
  const attached = new Set<string>();
  /** Sessions of paused threads; '' is the main thread. */
  const paused = new Set<string>();

  function set(session: string, isPaused: boolean): void {
    const before = paused.size > 0;
    if (isPaused) paused.add(session);
    else paused.delete(session);
    if (before !== paused.size > 0) onChange(paused.size > 0);
  }

  function read(text: string, session: string): void {
    // Most messages are responses and scripts; the relevant ones have their name near the start, which is cheap to
    // check.
    if (
      !/"(?:Debugger\.(?:paused|resumed)|NodeWorker\.(?:receivedMessageFromWorker|attachedToWorker|detachedFromWorker))"/.test(
        text,
      )
    )
      return;
    const { method, params = {} } = JSON.parse(text) as {
      method?: string;
      params?: { sessionId?: string; message?: string };
    };
    if (method === 'Debugger.paused') set(session, true);
    if (method === 'Debugger.resumed') set(session, false);
    if (method === 'NodeWorker.receivedMessageFromWorker') read(params.message ?? '', params.sessionId ?? '');
    if (method === 'NodeWorker.attachedToWorker') attached.add(params.sessionId ?? '');
    if (method === 'NodeWorker.detachedFromWorker') {
      attached.delete(params.sessionId ?? '');
      set(params.sessionId ?? '', false);
    }
  }

  return {
    attached: attached as ReadonlySet<string>,
    read: (text: string) => read(text, ''),
    /** The debugger is gone, and what it had paused runs again. */
    end(): void {
      for (const session of [...paused]) set(session, false);
    },
  };
}
