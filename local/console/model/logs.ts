/** The latest lines of the log, each with its source. Their number is limited to bound the memory. */
import type { LogEntry } from 'local-aws';

export interface LogLine {
  id: number;
  time: number;
  source: string;
  requestId?: string;
  job?: string;
  text: string;
}

/** A filter for lines: by job, by function or kind of machine, by invocation. Absent fields match everything. */
export interface Wanted {
  job?: string | null;
  source?: string | null;
  request?: string | null;
}

export const isWanted = (line: LogLine, { job, source, request }: Wanted): boolean =>
  (!job || line.job === job) &&
  (!source || line.source.split(' ')[0] === source) &&
  (!request || line.requestId === request);

const kept = 10_000;
const keptJobs = 2_000;
const jobPattern = /\bjob-[a-z0-9][a-z0-9-]{2,62}\b/;
/** Longer lines are truncated on the page; the log in the terminal has them in full. */
const lineLength = 4_000;

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
        text: text.slice(0, lineLength),
      };
      lines.push(line);
      // Trims occasionally, since moving all lines for each new one is slow.
      if (lines.length > kept * 1.2) lines = lines.slice(-kept);
      return line;
    },

    /** Returns the last lines that match, oldest first. */
    find({ limit, ...wanted }: Wanted & { limit: number }): LogLine[] {
      return lines.filter((line) => isWanted(line, wanted)).slice(-limit);
    },
  };
}
