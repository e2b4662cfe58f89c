/** Words as they are heard, except for drawn applause, which nobody wants to hear. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'clap');

/** How many of the words found are meant, each counted once. */
export function hits(found: readonly string[], meant: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of meant) left.set(word, (left.get(word) ?? 0) + 1);
  let hit = 0;
  for (const word of found) {
    const n = left.get(word) ?? 0;
    if (n === 0) continue;
    left.set(word, n - 1);
    hit++;
  }
  return hit;
}
