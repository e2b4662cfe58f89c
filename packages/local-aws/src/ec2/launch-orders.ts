import type { Reading } from '../clock/reading.ts';

/** Message from the cloud to an instance's process before it loads the worker. */
export interface LaunchOrders {
  kind: 'launch';
  /** URLs of files with the text to load instead of the one on disk, which is broken. */
  texts: readonly (readonly [string, string])[];
  clock: Reading;
  /** Set if debuggers can attach; `wait` if the worker waits for one. */
  inspect?: 'open' | 'wait';
}

/** The clock of the cloud has changed. */
export interface ClockOrder {
  kind: 'clock';
  number: number;
  clock: Reading;
}
export type MachineAnswer =
  /** Everything that was due by then is done. */
  | { kind: 'clock'; number: number }
  /** Address of the process's inspector. */
  | { kind: 'inspector'; url: string }
  /** The worker runs: it did not wait, or a debugger has attached. */
  | { kind: 'running' };
