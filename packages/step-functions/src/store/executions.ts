/** Executions in the store: records, threads and histories. */

import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent } from '../history.ts';
import type { Execution } from '../interpreter/execution.ts';
import type { Thread } from '../interpreter/thread.ts';
import { isObject, type Json, type JsonObject, jsonText, parseKept } from '../json.ts';
import { transaction } from './database.ts';
import type { Definitions } from './definitions.ts';
import {
  type ExecutionSummary,
  fromRow,
  insertRow,
  selectRows,
  selectSummaries,
  toChange,
  toRow,
  updateRow,
} from './execution-rows.ts';
import { childStatus } from './map-runs.ts';
import type { ExecutionRecord } from './records.ts';

/** Undefined lists all. */
interface ExecutionFilter {
  readonly machineArn?: string | undefined;
  /** The time when the machine was created (ms): executions of a deleted machine of the same name are not listed. */
  readonly since?: number | undefined;
  /** A version or an alias of the machine. */
  readonly qualifiedArn?: string | undefined;
  /** Lists the children of a run, in the order of their items. */
  readonly mapRunArn?: string | undefined;
  readonly status?: string | undefined;
  /** MapRunRecord.redrivenTo. */
  readonly redrivenTo?: number | undefined;
  readonly redriven?: boolean | undefined;
}

export interface Executions {
  find(arn: string): ExecutionRecord | undefined;
  exists(key: number): boolean;
  /** The execution that a task started. */
  startedBy(task: string): ExecutionRecord | undefined;
  lastKey(): number;
  running(): ExecutionRecord[];
  /** Executions whose status `markAnnounced` has not been told. */
  unannounced(): ExecutionRecord[];
  /** Records that a status was reported, unless it has changed since. */
  markAnnounced(record: Pick<ExecutionRecord, 'key' | 'status' | 'redriveCount'>): void;
  /**
   * Newest first; the children of a run in the order of their items. A page is shorter than `limit` where the data of the executions is
   * large, since SQLite reads past it.
   */
  list(filter: ExecutionFilter, limit: number, offset: number): { page: ExecutionSummary[]; more: boolean };
  /** Children of a run with a status, in the order of their items. */
  children(mapRunArn: string, status: string, limit: number, offset: number): ExecutionRecord[];
  /** Children of a run that a redrive runs again, after a position, in the order of their items. */
  redrivable(mapRunArn: string, after: number, limit: number): ExecutionRecord[];
  threads(key: number): Thread[];
  /**
   * JSON texts of events after an id, or before it in reverse; ids have no gaps. At most `limit`, and fewer where they are large, but at
   * least one if there is one.
   */
  events(key: number, limit: number, from: number, reverse: boolean): string[];
  /** Stores an execution that does not run here. */
  add(record: ExecutionRecord, events: readonly HistoryEvent[]): void;
  /** Stores all changes of these executions, and what `more` stores, in one transaction. */
  commit(executions: Iterable<Execution>, more: () => void): void;
}

/** Returns a thread without what is stored beside it. */
function threadText({ input: _input, variables: _variables, ...rest }: Thread): string {
  return JSON.stringify(rest);
}

/** Returns the JSON text of a value that is stored beside a thread, by Execution.changedValues. */
function valueText({ input, variables }: Thread, name: string): string {
  if (name === 'input') return jsonText(input);
  return jsonText(name === 'variables' ? variables : (variables[name.slice(1)] ?? null));
}

/** Bytes that SQLite reads past in a page of executions within some milliseconds. */
const mostPassed = 30_000_000;
/** Characters of a page of events, which is read and written within some milliseconds. */
const longestPage = 1_000_000;

export function openExecutions(database: DatabaseSync, definitions: Definitions): Executions {
  const find = database.prepare(`${selectRows} WHERE arn = ?`);
  const startedBy = database.prepare(`${selectRows} WHERE started_by = ?`);
  const exists = database.prepare('SELECT 1 FROM executions WHERE key = ?');
  const lastKey = database.prepare('SELECT max(key) AS last FROM executions');
  const running = database.prepare(
    `${selectRows} WHERE status = 'RUNNING' AND imported IS NULL ORDER BY key`,
  );
  const state = "status || '#' || redrive_count";
  const unannounced = database.prepare(
    `${selectRows} WHERE announced IS NOT ${state} AND imported IS NULL AND map_run IS NULL ORDER BY key`,
  );
  const markAnnounced = database.prepare(
    `UPDATE executions SET announced = ${state} WHERE key = ? AND status = ? AND redrive_count = ?`,
  );
  const filter = `(:qualified IS NULL OR version_arn = :qualified OR alias_arn = :qualified)
    AND (:redriven IS NULL OR (redrive_count > 0) = :redriven)`;
  const list = database.prepare(
    `${selectSummaries} WHERE machine_arn = :of AND (start_date >= :since OR imported IS NOT NULL) AND (:status IS NULL OR status = :status) AND ${filter} ORDER BY key DESC LIMIT :limit OFFSET :offset`,
  );
  const listOfMapRun = database.prepare(
    `${selectSummaries} WHERE map_run = :of AND (:status IS NULL OR ${childStatus} = :status) AND ${filter}
     ORDER BY position LIMIT :limit OFFSET :offset`,
  );
  const children = database.prepare(
    `${selectRows} WHERE map_run = ? AND status = ? ORDER BY position LIMIT ? OFFSET ?`,
  );
  const redrivable = database.prepare(
    `${selectRows} WHERE map_run = :of AND ${childStatus} = 'PENDING_REDRIVE' ORDER BY position LIMIT :limit`,
  );
  const removeItem = database.prepare('DELETE FROM map_items WHERE map_run = ? AND position = ?');
  const threads = database.prepare('SELECT body FROM threads WHERE execution = ? ORDER BY id');
  const oldest = database.prepare(
    'SELECT body FROM events WHERE execution = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const newest = database.prepare(
    'SELECT body FROM events WHERE execution = ? AND id < ? ORDER BY id DESC LIMIT ?',
  );
  const insert = database.prepare(insertRow);
  const update = database.prepare(updateRow);
  const putThread = database.prepare('INSERT OR REPLACE INTO threads VALUES (?, ?, ?)');
  const removeThread = database.prepare('DELETE FROM threads WHERE execution = ? AND id = ?');
  const removeThreads = database.prepare('DELETE FROM threads WHERE execution = ?');
  const values = database.prepare(
    'SELECT name, text FROM thread_values WHERE execution = ? AND thread = ? ORDER BY name DESC',
  );
  const putValue = database.prepare('INSERT OR REPLACE INTO thread_values VALUES (?, ?, ?, ?)');
  const removeValues = database.prepare('DELETE FROM thread_values WHERE execution = ? AND thread = ?');
  const removeAllValues = database.prepare('DELETE FROM thread_values WHERE execution = ?');
  const addEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?)');

  const store = (execution: Execution) => {
    const { record } = execution;
    const isNew = execution.newEvents[0]?.id === 1;
    if (isNew) insert.run(...toRow(record, definitions.keep(record.definition)));
    else update.run(...toChange(record));
    // A child takes its item out of the table in the same transaction.
    if (isNew && record.mapRun !== undefined) removeItem.run(record.mapRun, record.position ?? 0);
    for (const event of execution.newEvents) addEvent.run(record.key, event.id, JSON.stringify(event));
    if (record.status === 'SUCCEEDED') {
      removeThreads.run(record.key);
      removeAllValues.run(record.key);
    } else storeThreads(execution);
  };

  const storeThreads = ({ record: { key }, threads, ...changes }: Execution) => {
    for (const id of changes.removedThreads) {
      removeThread.run(key, id);
      removeValues.run(key, id);
    }
    for (const id of changes.doneThreads) removeValues.run(key, id);
    for (const id of changes.changedThreads) {
      const thread = threads.get(id);
      if (!thread) continue;
      putThread.run(key, id, threadText(thread));
      for (const name of changes.changedValues.get(id) ?? [])
        putValue.run(key, id, name, valueText(thread, name));
    }
  };

  const readThread = (key: number, body: string): Thread => {
    const thread = JSON.parse(body) as Thread;
    // An earlier version stored everything in the thread.
    if ('input' in thread) {
      for (const name of ['input', 'variables']) putValue.run(key, thread.id, name, valueText(thread, name));
      return thread;
    }
    return Object.assign(thread, valuesOf(key, (thread as Thread).id));
  };

  const valuesOf = (key: number, thread: number): Pick<Thread, 'input' | 'variables'> => {
    const found = { input: null as Json, variables: {} as JsonObject };
    for (const { name, text } of values.iterate(key, thread)) {
      const value = parseKept(String(text));
      if (name === 'input') found.input = value;
      // All variables come first, in this order of the names.
      else if (name === 'variables') found.variables = isObject(value) ? value : {};
      else found.variables[String(name).slice(1)] = value;
    }
    return found;
  };

  return {
    find(arn) {
      const row = find.get(arn);
      return row && fromRow(row);
    },
    startedBy(task) {
      const row = startedBy.get(task);
      return row && fromRow(row);
    },
    exists: (key) => exists.get(key) !== undefined,
    lastKey: () => Number(lastKey.get()?.last ?? 0),
    running: () => running.all().map((row) => fromRow(row)),
    unannounced: () => unannounced.all().map((row) => fromRow(row)),
    markAnnounced: ({ key, status, redriveCount }) => void markAnnounced.run(key, status, redriveCount),
    list({ machineArn, since, qualifiedArn, mapRunArn, status, redrivenTo, redriven }, limit, offset) {
      const page: ExecutionSummary[] = [];
      let passed = 0;
      const rows = (mapRunArn === undefined ? list : listOfMapRun).iterate({
        of: mapRunArn ?? machineArn ?? null,
        ...(mapRunArn === undefined ? { since: since ?? 0 } : { redrivenTo: redrivenTo ?? null }),
        qualified: qualifiedArn ?? null,
        status: status ?? null,
        redriven: redriven === undefined ? null : Number(redriven),
        limit: limit + 1,
        offset,
      });
      for (const { dataBytes, ...row } of rows) {
        if (page.length === limit || passed > mostPassed) return { page, more: true };
        passed += Number(dataBytes);
        page.push(fromRow(row));
      }
      return { page, more: false };
    },
    children: (mapRunArn, status, limit, offset) =>
      children.all(mapRunArn, status, limit, offset).map((row) => fromRow(row)),
    redrivable: (mapRunArn, after, limit) =>
      redrivable.all({ of: mapRunArn, redrivenTo: after, limit }).map((row) => fromRow(row)),
    threads: (key) => threads.all(key).map((row) => readThread(key, String(row.body))),
    events(key, limit, from, reverse) {
      const texts: string[] = [];
      let characters = 0;
      for (const row of (reverse ? newest : oldest).iterate(key, from, limit)) {
        const text = String(row.body);
        characters += text.length;
        if (texts.length > 0 && characters > longestPage) break;
        texts.push(text);
      }
      return texts;
    },
    add: (record, events) =>
      transaction(database, () => {
        insert.run(...toRow(record, definitions.keep(record.definition)));
        for (const event of events) addEvent.run(record.key, event.id, JSON.stringify(event));
      }),
    commit: (executions, more) =>
      transaction(database, () => {
        for (const execution of executions) store(execution);
        more();
      }),
  };
}
