/**
 * Relates the time of the cloud to the machine's: at `real` it was `shown`, and since then it runs `rate` times as
 * fast. Functions and workers receive it too, so that all of them agree on the date.
 */
export interface Reading {
  /** Milliseconds since 1970, like all times. */
  real: number;
  shown: number;
  rate: number;
}

export function timeAt({ real, shown, rate }: Reading, now: number): number {
  return Math.floor(shown + (now - real) * rate);
}

/** Creates a reading in memory that threads share. Its version is odd during a write. */
export function sharedReading(buffer = new SharedArrayBuffer(32)) {
  const version = new Int32Array(buffer, 0, 1);
  const values = new Float64Array(buffer, 8, 3);
  return {
    buffer,
    write({ real, shown, rate }: Reading): void {
      Atomics.add(version, 0, 1);
      values.set([real, shown, rate]);
      Atomics.add(version, 0, 1);
    },
    read(): Reading {
      for (;;) {
        const before = Atomics.load(version, 0);
        const [real = 0, shown = 0, rate = 1] = values;
        if (before % 2 === 0 && Atomics.load(version, 0) === before) return { real, shown, rate };
      }
    },
  };
}
