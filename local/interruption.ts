/** The exit status of a program that Ctrl-C stopped. */
const stoppedStatus = 130;

export interface Interruption {
  /** Whether the user wants the program to end. */
  readonly requested: boolean;
  /** Resolves with the exit status once everything is stopped; never resolves without a request. */
  readonly stopped: Promise<number>;
}

/**
 * Runs `stop` at the first Ctrl-C or SIGTERM; a second one exits without waiting for it. Child processes of the cloud
 * detect its end.
 */
export function onInterruption(stop: () => Promise<void>): Interruption {
  const { promise: stopped, resolve, reject } = Promise.withResolvers<number>();
  let requested = false;
  const onSignal = () => {
    if (requested) process.exit(stoppedStatus);
    requested = true;
    stop().then(() => resolve(stoppedStatus), reject);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    get requested() {
      return requested;
    },
    stopped,
  };
}
