/** The clock of a cloud, for its own process and for threads and processes that follow it. */

export { type CloudClock, createCloudClock } from './cloud-clock.ts';
export { showTime } from './date.ts';
export { parseDuration } from './duration.ts';
export { followWithIntervals } from './intervals.ts';
export type { Reading } from './reading.ts';
export { type ShownClock, showClock } from './start.ts';
