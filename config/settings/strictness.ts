/**
 * Settings that keep a video from being published, from coming too early or from saying nothing of its machine; the strictest value
 * last. `onDoubt` and `doubtThresholds` have separate rules (doubt-policy.ts).
 */
const fromLooseToStrict: Readonly<Record<string, readonly unknown[]>> = {
  seriesOrder: ['free', 'strict'],
  narrationProofreading: [false, true],
  syntheticNotice: ['none', 'shown', 'spoken'],
};

/** Returns whether a value lets more be published than another one of the same setting. */
export function isLooser(name: string, value: unknown, other: unknown): boolean {
  // With fewer videos to compare, fewer are found alike.
  if (name === 'likenessVideos') return Number(value) < Number(other);
  const order = fromLooseToStrict[name];
  return order !== undefined && order.indexOf(value) < order.indexOf(other);
}
