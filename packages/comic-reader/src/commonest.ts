/** The commonest value, with its neighbours. */
export function peakOf(counts: Uint32Array): { at: number; count: number } {
  let peak = { at: 0, count: 0 };
  for (let i = 0; i < counts.length; i++) {
    const count = (counts[i - 1] ?? 0) + 2 * (counts[i] as number) + (counts[i + 1] ?? 0);
    if (count > peak.count) peak = { at: i, count };
  }
  return peak;
}

/** The distance that most places have, give or take one. */
export function commonest(distances: readonly number[], most: number): number {
  const counts = new Uint32Array(most + 1);
  for (const distance of distances) if (distance <= most) counts[distance] = (counts[distance] as number) + 1;
  return peakOf(counts).at;
}
