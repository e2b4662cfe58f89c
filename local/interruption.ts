/** The exit status of a program that was stopped by Ctrl-C. */
const stoppedStatus = 130;

export interface Interruption {
  /** Whether somebody wants the program to end. */
  readonly requested: boolean;
  /** Ends with the exit status once everything is stopped; never without a request. */
  readonly stopped: Promise<number>;
}

/**
 * Runs the stop at the first Ctrl-C or SIGTERM; a second one does not wait for it. Children of the cloud notice by
 * themselves that it is gone.
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
