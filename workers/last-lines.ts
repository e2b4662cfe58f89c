import type { Log } from '../domain/log.ts';
import { maxWorkerLines } from '../domain/worker-log.ts';

/** Returns a log that also keeps its last lines, each as JSON. */
export function keepLastLines(log: Log): { log: Log; lines: readonly string[] } {
  const lines: string[] = [];
  return {
    lines,
    log(line) {
      lines.push(JSON.stringify({ timestamp: new Date().toISOString(), ...line }));
      if (lines.length > maxWorkerLines) lines.shift();
      log(line);
    },
  };
}
