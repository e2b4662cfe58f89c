import type { HistoryEvent } from 'step-functions-local';
import type { InvocationNews } from './services/lambda/messages.ts';
import type { LogEntry } from './services/log.ts';

/** Something in the sources or settings that can't be used; what was good before still serves. */
export interface Problem {
  file: string;
  /** Both count from 1. */
  line?: number;
  column?: number;
  message: string;
}

/** Everything that happens in the local cloud and that somebody may want to watch, by its type. */
export interface JournalEvents {
  log: LogEntry;
  /** Code, the flow or settings were taken anew; `functions` are the names of those that changed, without prefix. */
  reload: { what: 'code' | 'flow' | 'settings'; files: string[]; functions: string[]; milliseconds: number };
  /** All problems that one check finds now; none when they are mended. */
  problems: { check: 'code' | 'types' | 'flow' | 'settings'; problems: Problem[] };
  invocation: InvocationNews;
  execution: { executionArn: string; event: HistoryEvent };
  fault: { fault: string; target?: string; phase: 'armed' | 'struck' | 'cleared' };
  /** The clock of the cloud runs otherwise from here on: ISO time, and how many seconds pass in one. */
  clock: { now: string; speed: number };
}

type JournalType = keyof JournalEvents;
/** `id` counts from 1; `at` is the real time in ISO 8601, whatever the clock of the cloud shows. */
export type JournalEntry = {
  [Type in JournalType]: { id: number; at: string; type: Type } & { data: JournalEvents[Type] };
}[JournalType];

export interface Journal {
  write<Type extends JournalType>(type: Type, data: JournalEvents[Type]): void;
  /** What is still kept and came after this id, the oldest first. */
  since(id: number): JournalEntry[];
  /** Tells each new entry, in order; the answer ends it. A listener that throws harms nobody else. */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
}

/** Old entries give way: a reader who was away for longer asks the services themselves. */
const defaultKept = 5_000;
/** A payload may be 6 MB; whoever needs all of it finds it in the history of the execution. */
const longestText = 64 * 1024;

/** The one stream of events that the terminal, the console and tests read. In this process, bounded, never waits. */
export function createJournal(kept = defaultKept): Journal {
  const entries: JournalEntry[] = [];
  const listeners = new Set<(entry: JournalEntry) => void>();
  let lastId = 0;
  return {
    write(type, data) {
      const entry = {
        id: ++lastId,
        at: new Date().toISOString(),
        type,
        data: shortened(data),
      } as JournalEntry;
      entries.push(entry);
      // In steps, or each write would move all of them.
      if (entries.length > kept * 1.25) entries.splice(0, entries.length - kept);
      for (const listener of listeners)
        try {
          listener(entry);
        } catch (error) {
          listeners.delete(listener);
          console.error('journal: a listener failed and hears nothing more:', error);
        }
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
