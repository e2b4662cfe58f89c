/** The exit status of a program that Ctrl-C stopped before its end. */
export const stoppedStatus = 130;

export interface Interruption {
  /** Whether the user wants the program to end. */
  readonly requested: boolean;
  /** Resolves once everything is stopped; never resolves without a request. */
  readonly stopped: Promise<void>;
}

/**
 * Milliseconds for an orderly end, so that the whole end takes less than three seconds on a busy machine too. State is stored as it
 * changes, so a later end loses nothing.
 */
const longestStop = 2_000;

/** Ends this process even when a thread of it cannot be stopped. Child processes of the cloud detect its end. */
const endNow = () => process.kill(process.pid, 'SIGKILL');

/**
 * Runs `stop` at the first Ctrl-C or SIGTERM, or when the reader of the output is gone, as with `| head`, for 2 seconds at
 * most; a second Ctrl-C ends the process at once.
 */
export function onInterruption(stop: () => Promise<void>): Interruption {
  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>();
  let requested = false;
  const end = () => {
    requested = true;
    setTimeout(endNow, longestStop);
    stop().then(resolve, reject);
  };
  const onSignal = () => (requested ? endNow() : end());
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (!requested) end();
  });
  return {
    get requested() {
      return requested;
    },
    stopped,
  };
}
