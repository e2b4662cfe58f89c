import type { WebClient } from '../web-client.ts';

/** How one image came, or didn't (docs, 04-chapter, the report endpoint). */
export interface ImageReport {
  url: string;
  success: boolean;
  /** Of the image; 0 when there was none. */
  bytes: number;
  /** In ms, from the request to the last byte. */
  duration: number;
  /** The X-Cache header of the answer began with HIT. */
  cached: boolean;
}

/** MangaDex's own hosts need no report. */
const isOwnHost = (url: string) => /(^|\.)mangadex\.org$/.test(new URL(url).hostname);

/** Reports the performance of volunteers' servers to the network. A failed report does not fail a page. */
export function imageReports(web: WebClient, reportUrl: string) {
  const underway = new Set<Promise<unknown>>();
  return {
    send(report: ImageReport): void {
      if (isOwnHost(report.url)) return;
      const body = JSON.stringify(report);
      const headers = { 'content-type': 'application/json' };
      const sent = web
        .request(reportUrl, { method: 'POST', headers, body, maxBytes: 65_536, timeoutMs: 5000 })
        .catch(() => undefined)
        .finally(() => underway.delete(sent));
      underway.add(sent);
    },
    /** Waits for what is still on its way: a function that has answered is frozen, and its requests with it. */
    async settled(): Promise<void> {
      await Promise.all(underway);
    },
  };
}
export type ImageReports = ReturnType<typeof imageReports>;
