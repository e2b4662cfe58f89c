import { setTimeout as pause } from 'node:timers/promises';

/** A fault that a later attempt may not meet; `retryAfterMs` is what the service asked for. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  readonly retryAfterMs: number;

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

export interface Persistence {
  attempts: number;
  /** Before the second attempt, in ms; it doubles from then on. */
  backoffMs: number;
  /** For all attempts and pauses together, in ms. */
  budgetMs: number;
}

/** Fits a service whose storms of 429 last for seconds; one that lasts for minutes is another voice's turn. */
export const patient: Persistence = { attempts: 5, backoffMs: 1_000, budgetMs: 60_000 };

/**
 * Tries until it succeeds, throws something else than a PassingFault, or the attempts or the time are used up: then
 * the last fault is thrown. An attempt is given the time that is left, in ms.
 */
export async function persist<T>(
  attempt: (left: number) => Promise<T>,
  { attempts, backoffMs, budgetMs }: Persistence,
  signal: AbortSignal,
): Promise<T> {
  const end = performance.now() + budgetMs;
  for (let made = 1; ; made++) {
    try {
      return await attempt(end - performance.now());
    } catch (error) {
      if (!(error instanceof PassingFault) || made >= attempts) throw error;
      // Spread, so that those who failed together do not come back together.
      const backoff = backoffMs * 2 ** (made - 1) * (0.75 + Math.random() / 2);
      const wait = Math.max(error.retryAfterMs, backoff);
      if (performance.now() + wait >= end) throw error;
      await pause(wait, undefined, { signal }).catch(() => {
        throw signal.reason;
      });
    }
  }
}

/** `Retry-After` in ms: seconds, or a date; 0 when there is none. */
export function retryAfter(header: string | null | undefined, now = Date.now()): number {
  if (!header) return 0;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}

/** At most `count` at once; the others wait in order. */
export class Lanes {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
