import type { WebClient } from '../web-client.ts';

/** Result of one image request (docs, 04-chapter, the report endpoint). */
export interface ImageReport {
  url: string;
  success: boolean;
  /** Size of the image; 0 if there was none. */
  bytes: number;
  /** In ms, from the request to the last byte. */
  duration: number;
  /** Whether the response's X-Cache header began with HIT. */
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
    /** Waits for reports in flight: Lambda freezes a function that has returned, together with its requests. */
    async settled(): Promise<void> {
      await Promise.all(underway);
    },
  };
}
export type ImageReports = ReturnType<typeof imageReports>;
