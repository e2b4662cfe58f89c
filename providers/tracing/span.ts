import { AsyncLocalStorage } from 'node:async_hooks';

/** Attributes of a span. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** A span that has not ended. */
export interface ActiveSpan {
  child<T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T>;
}

export const activeSpan = new AsyncLocalStorage<ActiveSpan>();

/** Runs work as a span below the current one; where nothing is traced, only runs it. */
export function span<T>(name: string, work: () => Promise<T>, facts: SpanFacts = {}): Promise<T> {
  const active = activeSpan.getStore();
  return active ? active.child(name, facts, work) : work();
}
