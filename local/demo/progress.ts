import type { Job } from '../../domain/job.ts';

/** Where a line goes: a terminal that can be written over, or a pipe. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shows how far the work is: one living line on a terminal, else a line whenever something changed. */
export function progressDisplay(screen: Screen, startedAt: number, now: () => number = Date.now) {
  let shown = '';
  let living = false;
  let frozen = false;

  const stamp = () => `${((now() - startedAt) / 1000).toFixed(1).padStart(6)}s`;

  /** A line that stays. */
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
    /** Leaves the living line as it is, and shows no progress any more. */
    end(): void {
      if (living) screen.write('\n');
      living = false;
      frozen = true;
    },
  };
}
export type ProgressDisplay = ReturnType<typeof progressDisplay>;

/** `GenerateTTS  40 %`; in a pipe only every tenth percent, so that a log stays short. */
function describe(state: string, progress: Job['progress'], granularity: number): string {
  if (progress?.step !== state || progress.total <= 0) return state;
  const percent = Math.min(100, (100 * progress.done) / progress.total);
  return `${state}  ${Math.floor(percent / granularity) * granularity} %`;
}
