import type { Traced } from './record.ts';

/** Runs work in the trace of its job and sends its spans. The code for that is loaded only if tracing is on. */
export async function inTrace<T>(traced: Traced, work: () => Promise<T>): Promise<T> {
  if (traced.tracing === 'off') return work();
  const { recordTrace } = await import('./record.ts');
  return recordTrace(traced, work);
}
