import type { InvocationEvent, LogEntry, Problems, Reloaded } from 'local-aws';
import type { ShownClock } from 'local-aws/clock';
import type { HistoryEvent } from 'step-functions-local';

/** The events of the local cloud, by type. */
interface JournalEvents {
  log: LogEntry;
  reload: Reloaded;
  problems: Problems;
  invocation: InvocationEvent;
  execution: { executionArn: string; event: HistoryEvent };
  fault: { fault: string; target?: string; phase: 'armed' | 'struck' | 'cleared' };
  /** The clock has changed. */
  clock: ShownClock;
}

type JournalType = keyof JournalEvents;
/** `id` counts from 1; `at` is the time of the cloud's clock in ISO 8601. */
export type JournalEntry = {
  [Type in JournalType]: { id: number; at: string; type: Type } & { data: JournalEvents[Type] };
}[JournalType];

export interface Journal {
  write<Type extends JournalType>(type: Type, data: JournalEvents[Type]): void;
  /** Returns the kept entries after this id, oldest first. */
  since(id: number): JournalEntry[];
  /**
   * Calls the listener with each new entry in order. Returns a function that unsubscribes. A failing listener affects
   * no other.
   */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
  /** Takes the times of later entries from the cloud's clock; those before it starts have this machine's. */
  useClock(now: () => number): void;
}

/** Older entries are dropped; a reader that falls further behind reads from the services instead. */
const defaultKept = 5_000;
/** A payload can have 6 MB; the history of the execution has it in full. */
const longestText = 64 * 1024;

/**
 * Creates the stream of events that the terminal, the console and tests read. It is in memory, bounded and never
 * blocks.
 */
export function createJournal(kept = defaultKept): Journal {
  const entries: JournalEntry[] = [];
  const listeners = new Set<(entry: JournalEntry) => void>();
  let lastId = 0;
  let now = Date.now;
  return {
    write(type, data) {
      const entry = {
        id: ++lastId,
        at: new Date(now()).toISOString(),
        type,
        data: shortened(data),
      } as JournalEntry;
      entries.push(entry);
      // Trims in steps, because each trim moves all entries.
      if (entries.length > kept * 1.25) entries.splice(0, entries.length - kept);
      for (const listener of listeners)
        try {
          listener(entry);
        } catch (error) {
          listeners.delete(listener);
          console.error('journal: a listener failed and was removed:', error);
        }
    },
    useClock(clock) {
      now = clock;
    },
    since: (id) => entries.filter((entry) => entry.id > id).slice(-kept),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function shortened<Data extends object>(data: Data): Data {
  const long = Object.entries(data).filter(
    ([, value]) => typeof value === 'string' && value.length > longestText,
  );
  if (long.length === 0) return data;
  return {
    ...data,
    ...Object.fromEntries(long.map(([key, text]) => [key, `${text.slice(0, longestText)}…`])),
  };
}
