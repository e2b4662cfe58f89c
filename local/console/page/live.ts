/** The stream of server-sent events, shared by all parts of the page. Nothing polls. */
import type { JournalEntry } from '../../journal.ts';
import type { LogLine } from '../model/logs.ts';
import type { SlimEvent } from '../slim-event.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** One-time messages: reloads, faults, clock changes. */
export type News = Extract<JournalEntry, { type: 'reload' | 'fault' | 'clock' }>;

type Listener<T> = (value: T) => void;
const changes = new Set<Listener<ReadonlySet<string> | 'everything'>>();
const logs = new Set<Listener<LogLine[]>>();
const histories = new Set<Listener<SlimEvent[]>>();
const news = new Set<Listener<News[]>>();
const connections = new Set<Listener<Connection>>();

let source: EventSource | undefined;
let execution: string | undefined;
let connection: Connection = 'connecting';
let wasLive = false;

function tell<T>(listeners: ReadonlySet<Listener<T>>, value: T): void {
  for (const listener of listeners) listener(value);
}

function setConnection(now: Connection): void {
  if (connection === now) return;
  connection = now;
  tell(connections, now);
}

export const connectionNow = (): Connection => connection;

export function connect(): void {
  source?.close();
  source = undefined;
  // A hidden page closes its stream, because browsers limit the connections to a server.
  if (document.hidden) return;
  source = new EventSource(execution ? `/api/live?execution=${encodeURIComponent(execution)}` : '/api/live');
  source.addEventListener('hello', () => {
    setConnection('live');
    // Changes during a disconnection are not sent, so everything that is shown is fetched again.
    tell(changes, wasLive ? 'everything' : new Set(['stream']));
    wasLive = true;
  });
  source.addEventListener('behind', () => tell(changes, 'everything'));
  source.addEventListener('changed', ({ data }) => tell(changes, new Set<string>(JSON.parse(data))));
  source.addEventListener('log', ({ data }) => tell(logs, JSON.parse(data) as LogLine[]));
  source.addEventListener('history', ({ data }) => tell(histories, JSON.parse(data) as SlimEvent[]));
  source.addEventListener('news', ({ data }) => tell(news, JSON.parse(data) as News[]));
  source.addEventListener('error', () => {
    setConnection('lost');
    // The browser reconnects automatically, except after the server refused it.
    if (source?.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  });
}
document.addEventListener('visibilitychange', connect);
addEventListener('pagehide', () => source?.close());

/** Follows the events of one execution, or of none. */
export function follow(arn: string | undefined): void {
  if (arn === execution) return;
  execution = arn;
  wasLive = false;
  connect();
}

function subscribe<T>(listeners: Set<Listener<T>>) {
  return (listener: Listener<T>): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
export const onChange = subscribe(changes);
export const onLog = subscribe(logs);
export const onHistory = subscribe(histories);
export const onNews = subscribe(news);
export const onConnection = subscribe(connections);
