/**
 * The engine's turns of the event loop. All changes of a turn are stored in one transaction; only then do its effects
 * take place: calls to services, responses to callers and live events. So everything that anyone has seen of an
 * execution survives a kill of the process.
 */

import type { HistoryEvent } from './history.ts';
import type { Execution } from './interpreter/execution.ts';
import { step } from './interpreter/step.ts';
import type { Thread } from './interpreter/thread.ts';

/** A turn ends after this time, so that requests are served during a long chain of states. */
const turnMs = 5;
/** A turn ends when it has so many characters to store, some milliseconds of work. */
const mostWritten = 400_000;

export interface TurnsOptions {
  /** Stores all changes, as one transaction. */
  readonly commit: (executions: readonly Execution[]) => void;
  /** Called after storing, before the effects. */
  readonly onStored: (executions: readonly Execution[]) => void;
  readonly onEvent: ((event: { executionArn: string; event: HistoryEvent }) => void) | undefined;
}

export class Turns {
  readonly #options: TurnsOptions;
  readonly #changed = new Set<Execution>();
  #queue: [Execution, Thread][] = [];
  #effects: (() => void)[] = [];
  #written = 0;
  #scheduled = false;
  #closed = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  enqueue(execution: Execution, thread: Thread): void {
    this.#queue.push([execution, thread]);
    this.#schedule();
  }

  changed(execution: Execution): void {
    this.#changed.add(execution);
    this.#schedule();
  }

  wrote(characters: number): void {
    this.#written += characters;
  }

  get full(): boolean {
    return this.#written > mostWritten;
  }

  afterCommit(effect: () => void): void {
    this.#effects.push(effect);
    this.#schedule();
  }

  /** Stores pending changes and stops the turns. */
  close(): void {
    this.#closed = true;
    this.#commit();
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    if (this.#closed) return;
    const end = performance.now() + turnMs;
    let done = 0;
    while (done < this.#queue.length && !this.full && performance.now() < end) {
      const next = this.#queue[done++];
      if (next) step(...next);
    }
    this.#queue = this.#queue.slice(done);
    this.#commit();
    if (this.#queue.length > 0) this.#schedule();
  }

  #commit(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    this.#written = 0;
    const stored = changed.filter(({ record }) => record.type !== 'EXPRESS');
    if (stored.length > 0) this.#options.commit(stored);
    const effects = this.#effects;
    this.#effects = [];
    for (const execution of changed) {
      const events = execution.newEvents;
      execution.newEvents = [];
      execution.changedThreads.clear();
      execution.removedThreads.clear();
      execution.changedValues.clear();
      execution.doneThreads.clear();
      for (const event of events) this.#tell(execution, event);
    }
    this.#options.onStored(changed);
    for (const effect of effects) effect();
  }

  /** Calls the listener; its errors must not affect callers. */
  #tell(execution: Execution, event: HistoryEvent): void {
    try {
      this.#options.onEvent?.({ executionArn: execution.record.arn, event });
    } catch (error) {
      console.error('states: the listener of events failed:', error);
    }
  }
}
