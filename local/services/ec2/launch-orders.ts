import type { Reading } from '../../clock/reading.ts';

/** What the cloud tells the process of an instance before it loads the worker. */
export interface LaunchOrders {
  kind: 'launch';
  /** URLs of files with the text to load instead of what the disk has: that one can't be used. */
  texts: readonly (readonly [string, string])[];
  clock: Reading;
  /** Whether debuggers may come, and whether the worker waits for one. */
  inspect?: 'open' | 'wait';
}

/** The clock of the cloud goes on otherwise. */
export interface ClockOrder {
  kind: 'clock';
  number: number;
  clock: Reading;
}
export type MachineAnswer =
  /** Everything that was due by then is done. */
  | { kind: 'clock'; number: number }
  /** Where a debugger finds the process. */
  | { kind: 'inspector'; url: string }
  /** The worker runs: nobody was to be waited for, or a debugger came. */
  | { kind: 'running' };
