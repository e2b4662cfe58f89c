/** The sizes of an execution's variables, and their limits. */

import type { Thread } from './thread.ts';

/** AWS's limit for all variables of an execution (the guide's page of variables). */
const mostBytes = 10_485_760;
/** This engine's limit for the variables of one scope: copying and storing more would keep requests waiting. */
export const mostVariables = 5000;

export class VariableSizes {
  /** Bytes of the JSON texts, by thread and name. */
  readonly #byThread = new Map<number, Map<string, number>>();
  #bytes = 0;

  /** Returns the limit that a thread would exceed with variables of these sizes. */
  exceeded(thread: Thread, sizes: ReadonlyMap<string, number>): 'bytes' | 'count' | undefined {
    const known = this.#byThread.get(thread.id);
    let bytes = this.#bytes;
    let count = known?.size ?? 0;
    for (const [name, size] of sizes) {
      const before = known?.get(name);
      bytes += size - (before ?? 0);
      if (before === undefined) count += 1;
    }
    if (bytes > mostBytes) return 'bytes';
    return count > mostVariables ? 'count' : undefined;
  }

  keep(thread: Thread, sizes: ReadonlyMap<string, number>): void {
    const known = this.#byThread.get(thread.id) ?? new Map<string, number>();
    this.#byThread.set(thread.id, known);
    for (const [name, size] of sizes) {
      this.#bytes += size - (known.get(name) ?? 0);
      known.set(name, size);
    }
  }

  /** Drops the variables of a thread. */
  drop(thread: Thread): void {
    for (const size of this.#byThread.get(thread.id)?.values() ?? []) this.#bytes -= size;
    this.#byThread.delete(thread.id);
  }
}
