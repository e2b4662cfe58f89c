import type { Job } from '../../domain/job.ts';

/** The destination of lines: a terminal, whose line can be overwritten, or a pipe. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shows the progress: one updated line on a terminal, otherwise a line for each change. */
export function progressDisplay(screen: Screen, startedAt: number, now: () => number = Date.now) {
  let shown = '';
  let living = false;
  let frozen = false;

  const stamp = () => `${((now() - startedAt) / 1000).toFixed(1).padStart(6)}s`;

  /** Prints a permanent line. */
  function say(line: string): void {
    screen.write(`${living ? '\r\x1b[K' : ''}${stamp()}  ${line}\n`);
    living = false;
    shown = '';
  }

  return {
    say,
    update(state: string, progress: Job['progress']): void {
      if (frozen) return;
      const text = describe(state, progress, screen.isTTY ? 1 : 10);
      if (!screen.isTTY) {
        if (text !== shown) say(text);
        shown = text;
        return;
      }
      const line = `${stamp()}  ${text}`.slice(0, (screen.columns || 80) - 1);
      if (line === shown) return;
      screen.write(`\r\x1b[K${line}`);
      shown = line;
      living = true;
    },
    /** Keeps the current line and stops showing progress. */
    end(): void {
      if (living) screen.write('\n');
      living = false;
      frozen = true;
    },
  };
}
export type ProgressDisplay = ReturnType<typeof progressDisplay>;

/** Returns `GenerateTTS  40 %`; for a pipe only every tenth percent, to keep the log short. */
function describe(state: string, progress: Job['progress'], granularity: number): string {
  if (progress?.step !== state || progress.total <= 0) return state;
  const percent = Math.min(100, (100 * progress.done) / progress.total);
  return `${state}  ${Math.floor(percent / granularity) * granularity} %`;
}
