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

/** A start during which nothing works yet, and the exit status of a process that ends in it. */
interface Start {
  done: Promise<unknown>;
  status: number;
}

/**
 * Runs `stop` at the first Ctrl-C or SIGTERM, or when the reader of the output is gone, as with `| head`, for 2 seconds at
 * most. During the start, and at a second Ctrl-C, the process ends at once.
 */
export function onInterruption(stop: () => Promise<void>, start?: Start): Interruption {
  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>();
  let requested = false;
  let isStarting = start !== undefined;
  const onStarted = () => {
    isStarting = false;
  };
  start?.done.then(onStarted, onStarted);
  const end = () => {
    requested = true;
    setTimeout(endNow, longestStop);
    const stopping = stop();
    if (isStarting) process.exit(start?.status);
    stopping.then(resolve, reject);
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
