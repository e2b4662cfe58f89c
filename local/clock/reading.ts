/**
 * How the time of the cloud follows from the machine's: at `real` it was `shown`, and since then it goes `rate` times as
 * fast. Functions and workers get it too, so that a quota day or a publishing hour is theirs as well.
 */
export interface Reading {
  /** Milliseconds since 1970, as all of them. */
  real: number;
  shown: number;
  rate: number;
}

export const realReading: Reading = { real: 0, shown: 0, rate: 1 };

export function timeAt({ real, shown, rate }: Reading, now: number): number {
  return Math.floor(shown + (now - real) * rate);
}

/** A reading in memory that threads share. Its version is odd while it is written. */
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
