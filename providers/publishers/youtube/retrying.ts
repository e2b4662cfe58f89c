import { isTransient } from './api-error.ts';

/** Doubles from 1 s to 64 s, with half of it left to chance so that machines do not come back together. */
export const backoff = (failures: number): number =>
  Math.min(64_000, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);

export interface Patience {
  attempts: number;
  wait(ms: number): Promise<void>;
  worthIt?(error: unknown): boolean;
}

/** Tries again while the error is one that passes; throws the last. What is tried must bear being repeated. */
export async function retrying<T>(
  { attempts, wait, worthIt = isTransient }: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (failures + 1 >= attempts || !worthIt(error)) throw error;
      await wait(backoff(failures));
    }
  }
}
