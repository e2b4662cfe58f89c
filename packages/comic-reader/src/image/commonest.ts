/** Returns the most frequent value, with its neighbours counted in. */
export function peakOf(counts: Uint32Array): { at: number; count: number } {
  let peak = { at: 0, count: 0 };
  for (let i = 0; i < counts.length; i++) {
    const count = (counts[i - 1] ?? 0) + 2 * (counts[i] as number) + (counts[i + 1] ?? 0);
    if (count > peak.count) peak = { at: i, count };
  }
  return peak;
}

/** Returns the most frequent distance, with those that differ by one counted in. */
export function commonest(distances: ArrayLike<number>, most: number): number {
  const counts = new Uint32Array(most + 1);
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i] as number;
    if (distance <= most) counts[distance] = (counts[distance] as number) + 1;
  }
  return peakOf(counts).at;
}
