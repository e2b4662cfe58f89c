import { type CloudClock, createCloudClock } from '../clock/cloud-clock.ts';
import type { LogSink } from '../log.ts';
import { AwsError } from '../protocol/aws-error.ts';
import type { Functions } from './functions.ts';

/** Lambda's delays before the second and the third attempt of an asynchronous invocation. */
const lambdaRetryDelays = [60_000, 120_000] as const;

export interface AsyncInvocations {
  /** Invokes without waiting. The promise resolves after success or the last failed attempt. */
  enqueue(name: string, payload: string): Promise<void>;
  close(): void;
}

/**
 * Asynchronous invocations; a failed one is retried twice, as on AWS. Unlike on AWS, the invocations of one function
 * run one after the other, because a burst of events would start a thread for each.
 */
export function createAsyncInvocations(
  functions: Functions,
  log: LogSink,
  retryDelays: readonly number[] = lambdaRetryDelays,
  clock: CloudClock = createCloudClock(),
): AsyncInvocations {
  const closing = new AbortController();
  const last = new Map<string, Promise<boolean>>();

  function inTurn(name: string, payload: string): Promise<boolean> {
    const turn = (last.get(name) ?? Promise.resolve(true)).catch(() => {}).then(() => attempt(name, payload));
    last.set(name, turn);
    return turn;
  }

  async function attempt(name: string, payload: string): Promise<boolean> {
    closing.signal.throwIfAborted();
    try {
      return (await functions.invoke(name, payload)).error === undefined;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'TooManyRequestsException') return false;
      throw error;
    }
  }

  return {
    async enqueue(name, payload) {
      functions.find(name);
      for (const delay of [0, ...retryDelays]) {
        if (delay) await new Promise<void>((resolve) => clock.setTimer(clock.now() + delay, resolve));
        if (await inTurn(name, payload)) return;
      }
      log({ source: functions.find(name).label, text: 'Dropped an event after its last attempt failed' });
    },
    close: () => closing.abort(),
  };
}
