/** The latest lines of the log, each with its source. Their number is limited to bound the memory. */
import type { LogEntry } from 'local-aws';
import { choicesOf, filterOf, found, type Listing, type Page } from '../listing.ts';

export interface LogLine {
  id: number;
  time: number;
  source: string;
  requestId?: string;
  job?: string;
  level: string;
  text: string;
}

/** A filter for lines: by job, by function or kind of machine, by invocation. Absent fields match everything. */
interface Wanted {
  job?: string | null;
  source?: string | null;
  request?: string | null;
}

/** The lines that the page gets, and what it needs to add those that follow. */
export type LogPage = Page<LogLine> & {
  /** Id of the last line of the log, whether it matches or not. */
  last: number;
};

export const logListing: Listing<LogLine> = {
  fields: {
    time: ({ id }) => id,
    source: ({ source }) => source.split(' ')[0],
    level: ({ level }) => level,
    job: ({ job }) => job,
    request: ({ requestId }) => requestId,
  },
  text: ({ source, requestId = '', text }) => `${source} ${requestId} ${text}`,
  time: ({ time }) => time,
  choices: ['source', 'level', 'job'],
};

const kept = 10_000;
const keptJobs = 2_000;
const jobPattern = /\bjob-[a-z0-9][a-z0-9-]{2,62}\b/;
/** Longer lines are truncated on the page; the log in the terminal has them in full. */
const lineLength = 4_000;
/** A page gets this many lines, the newest or the first in its order. */
const sent = 2_000;

/** Returns the level that a line of the structured log has; other lines are `error` if they report a failure, else `info`. */
function levelOf(text: string): string {
  const level = /^\{.*?"level":\s*"(\w+)"/.exec(text)?.[1];
  if (level) return level.toLowerCase();
  return /^(END failed|\w+(Failed|TimedOut|Aborted)\b)/.test(text) ? 'error' : 'info';
}

export type Logs = ReturnType<typeof createLogs>;

/** Creates the store of log lines. `jobOfInstance` returns the job of an instance. */
export function createLogs(jobOfInstance: (instanceId: string) => string | undefined) {
  let lines: LogLine[] = [];
  let last = 0;
  const jobOfRequest = new Map<string, string>();

  function jobOf({ source, requestId, text }: LogEntry): string | undefined {
    const instance = /\bi-[0-9a-f]{8,}\b/.exec(source)?.[0];
    return (
      (requestId && jobOfRequest.get(requestId)) ||
      (instance && jobOfInstance(instance)) ||
      jobPattern.exec(text)?.[0]
    );
  }

  return {
    /** Records the job of a request by the job id in its payload. */
    invoked(requestId: string, payload: string): void {
      const job = jobPattern.exec(payload)?.[0];
      if (!job) return;
      if (jobOfRequest.size >= keptJobs) jobOfRequest.delete(jobOfRequest.keys().next().value ?? '');
      jobOfRequest.set(requestId, job);
    },

    add(entry: LogEntry, time: number): LogLine {
      const job = jobOf(entry);
      last += 1;
      const { source, requestId, text } = entry;
      const line: LogLine = {
        id: last,
        time,
        source,
        ...(requestId && { requestId }),
        ...(job && { job }),
        level: levelOf(text),
        text: text.slice(0, lineLength),
      };
      lines.push(line);
      // Trims occasionally, since moving all lines for each new one is slow.
      if (lines.length > kept * 1.2) lines = lines.slice(-kept);
      return line;
    },

    /** Returns all lines that a query asks for, oldest first or in its order. */
    all: (query: URLSearchParams, now: number): readonly LogLine[] => found(lines, logListing, query, now),

    /** Returns the part of them that a page gets. */
    page(query: URLSearchParams, now: number): LogPage {
      const rows = this.all(query, now);
      return {
        rows: query.get('sort') ? rows.slice(0, sent) : rows.slice(-sent),
        matching: rows.length,
        total: lines.length,
        page: 1,
        pages: 1,
        choices: choicesOf(lines, logListing),
        last,
      };
    },

    /** Returns the last lines that match, oldest first. */
    find({ limit, ...wanted }: Wanted & { limit: number }): LogLine[] {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
      return lines.filter(filterOf(logListing, query, last)).slice(-limit);
    },
  };
}
