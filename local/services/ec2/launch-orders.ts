import type { Reading } from '../../clock/reading.ts';

/** What the cloud tells the process of an instance before it loads the worker. */
export interface LaunchOrders {
  kind: 'launch';
  /** URLs of files with the text to load instead of what the disk has: that one can't be used. */
  texts: readonly (readonly [string, string])[];
  clock: Reading;
}

/** The clock of the cloud goes on otherwise. */
export interface ClockOrder {
  kind: 'clock';
  number: number;
  clock: Reading;
}
/** Everything that was due by then is done. */
export interface ClockAnswer {
  kind: 'clock';
  number: number;
}
