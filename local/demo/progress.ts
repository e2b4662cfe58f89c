import { styleText } from 'node:util';
import type { Job, JobProgress } from '../../domain/job.ts';
import { duration } from '../terminal/duration.ts';
import { printable } from '../terminal/printable.ts';

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
  let begun: { step: string; done: number; at: number } | undefined;

  const stamp = () => `${((now() - startedAt) / 1000).toFixed(1).padStart(6)}s`;

  /** Prints a permanent line. */
  function say(line: string): void {
    screen.write(`${living ? '\r\x1b[K' : ''}${stamp()}  ${printable(line)}\n`);
    living = false;
    shown = '';
  }

  return {
    say,
    update(state: string, progress: Job['progress']): void {
      if (frozen) return;
      if (progress && progress.step !== begun?.step)
        begun = { step: progress.step, done: progress.done, at: now() };
      const text = describe(state, progress, screen.isTTY ? 1 : 10);
      if (!screen.isTTY) {
        if (text !== shown) say(text);
        shown = text;
        return;
      }
      const left = progress?.step === state && begun ? secondsLeft(progress, begun, now()) : undefined;
      const eta = left === undefined ? '' : `, ${duration(left)} left`;
      const line = `${stamp()}  ${text}${eta}`.slice(0, (screen.columns || 80) - 1);
      if (line === shown) return;
      screen.write(`\r\x1b[K${styleText('cyan', line)}`);
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

/** Returns the step's own estimate of the time left, otherwise one from its pace so far; undefined while that is unknown. */
function secondsLeft(
  { done, total, seconds_left }: JobProgress,
  begun: { done: number; at: number },
  now: number,
): number | undefined {
  if (seconds_left !== undefined) return seconds_left;
  const since = done - begun.done;
  return since > 0 && now > begun.at ? ((now - begun.at) / 1000 / since) * (total - done) : undefined;
}
