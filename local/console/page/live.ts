/** The stream of server-sent events, shared by all parts of the page. Nothing polls. */
import type { JournalEntry } from '../../journal.ts';
import type { LogLine } from '../model/logs.ts';
import type { SlimEvent } from '../slim-event.ts';
import { createListeners, useOutside } from './listeners.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** One-time messages: reloads, faults, clock changes. */
export type News = Extract<JournalEntry, { type: 'reload' | 'fault' | 'clock' }>;

const changes = createListeners<ReadonlySet<string> | 'everything'>();
const logs = createListeners<LogLine[]>();
const histories = createListeners<SlimEvent[]>();
const news = createListeners<News[]>();
const connections = createListeners<Connection>();

let source: EventSource | undefined;
let execution: string | undefined;
let connection: Connection = 'connecting';
let wasLive = false;

function setConnection(now: Connection): void {
  if (connection === now) return;
  connection = now;
  connections.tell(now);
}

export function connect(): void {
  source?.close();
  source = undefined;
  // A hidden page closes its stream, because browsers limit the connections to a server.
  if (document.hidden) return;
  source = new EventSource(execution ? `/api/live?execution=${encodeURIComponent(execution)}` : '/api/live');
  source.addEventListener('hello', () => {
    setConnection('live');
    // Changes during a disconnection are not sent, so everything that is shown is fetched again.
    changes.tell(wasLive ? 'everything' : new Set(['stream']));
    wasLive = true;
  });
  source.addEventListener('behind', () => changes.tell('everything'));
  source.addEventListener('changed', ({ data }) => changes.tell(new Set<string>(JSON.parse(data))));
  source.addEventListener('log', ({ data }) => logs.tell(JSON.parse(data) as LogLine[]));
  source.addEventListener('history', ({ data }) => histories.tell(JSON.parse(data) as SlimEvent[]));
  source.addEventListener('news', ({ data }) => news.tell(JSON.parse(data) as News[]));
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

export const onChange = changes.subscribe;
export const onLog = logs.subscribe;
export const onHistory = histories.subscribe;
export const onNews = news.subscribe;
export const useConnection = (): Connection => useOutside(connections.subscribe, () => connection);
