import type { Log } from '../domain/log.ts';

/** Repeats `check` until the signal; a failing check is logged and repeated next time. */
export function every(ms: number, signal: AbortSignal, log: Log, check: () => Promise<void>): void {
  const timer = setInterval(() => {
    check().catch((error: unknown) =>
      log({ level: 'WARN', event: 'worker_check_failed', reason: String(error) }),
    );
  }, ms);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
