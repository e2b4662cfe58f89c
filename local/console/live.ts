/**
 * Server-sent events: one stream per page. It carries data that a page appends (events of its execution, log lines);
 * for other changes only the name of what changed, so that the page fetches what it shows.
 */
import type { ServerResponse } from 'node:http';

/** Milliseconds for which changes are batched, so that a busy machine does not send one message for each. */
const gathering = 100;
/** A page that reads too slowly is told to reload instead of receiving the backlog. */
const maxUnsent = 4 * 1024 * 1024;
/** Keeps an idle stream open. */
const heartbeat = 20_000;

interface Viewer {
  response: ServerResponse;
  /** The execution whose events the page shows. */
  execution: string | undefined;
  /** Events that have not been sent yet. */
  events: unknown[];
  behind: boolean;
}

export type Live = ReturnType<typeof createLive>;

export function createLive(mask: (text: string) => string) {
  const viewers = new Set<Viewer>();
  let changed = new Set<string>();
  let lines: unknown[] = [];
  let news: unknown[] = [];
  let timer: NodeJS.Timeout | undefined;
  const beat = setInterval(() => {
    for (const { response } of viewers) response.write(': still here\n\n');
  }, heartbeat).unref();

  function schedule(): void {
    if (viewers.size > 0) timer ??= setTimeout(flush, gathering);
  }

  function flush(): void {
    timer = undefined;
    const common = [
      ...(changed.size ? [message('changed', [...changed])] : []),
      ...(lines.length ? [message('log', lines)] : []),
      ...(news.length ? [message('news', news)] : []),
    ];
    changed = new Set();
    lines = [];
    news = [];
    for (const viewer of viewers) send(viewer, common);
  }

  function send(viewer: Viewer, common: readonly string[]): void {
    const { response, events } = viewer;
    viewer.events = [];
    if (response.writableLength > maxUnsent) {
      viewer.behind = true;
      return;
    }
    if (viewer.behind) {
      viewer.behind = false;
      response.write(message('behind', null));
      return;
    }
    for (const text of common) response.write(text);
    if (events.length) response.write(message('history', events));
  }

  const message = (event: string, data: unknown) =>
    `event: ${event}\ndata: ${mask(JSON.stringify(data))}\n\n`;

  return {
    /** Keeps a response open as a stream. */
    add(response: ServerResponse, execution: string | undefined): void {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`retry: 1000\n${message('hello', null)}`);
      const viewer: Viewer = { response, execution, events: [], behind: false };
      viewers.add(viewer);
      response.on('close', () => viewers.delete(viewer));
    },

    /** Reports a change by its name. */
    changed(name: string): void {
      if (viewers.size === 0) return;
      changed.add(name);
      schedule();
    },

    /** Sends a one-time message: a reload, a fault, a clock change. */
    journal(entry: unknown): void {
      if (viewers.size === 0) return;
      news.push(entry);
      schedule();
    },

    log(line: unknown): void {
      if (viewers.size === 0) return;
      lines.push(line);
      schedule();
    },

    history(execution: string, event: () => unknown): void {
      for (const viewer of viewers)
        if (viewer.execution === execution) {
          viewer.events.push(event());
          schedule();
        }
    },

    close(): void {
      clearInterval(beat);
      clearTimeout(timer);
      for (const { response } of viewers) response.end();
      viewers.clear();
    },
  };
}
