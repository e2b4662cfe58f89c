/** Between the cause of a failure and the lines of the log; the machine's boot script report.sh writes the same. */
export const workerLogHeading = '\n\nLast lines of the worker:\n';

/** Lines that travel with a failure, and their characters at most: Step Functions takes 32,768 for the whole cause. */
export const maxWorkerLines = 200;
const maxLogLength = 30_000;

/** Adds the last lines of a worker's log to the cause of its failure, so that a machine that is gone explains itself. */
export function withWorkerLog(cause: string, lines: readonly string[]): string {
  const log = lines.slice(-maxWorkerLines).join('\n').slice(-maxLogLength);
  return log === '' ? cause : `${cause.slice(0, 2_000)}${workerLogHeading}${log}`;
}

/** Separates the cause of a failure from the lines of its worker's log. */
export function splitWorkerLog(cause: string): { cause: string; log?: string } {
  const at = cause.indexOf(workerLogHeading);
  return at < 0 ? { cause } : { cause: cause.slice(0, at), log: cause.slice(at + workerLogHeading.length) };
}
