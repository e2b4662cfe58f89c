/** Returns words as they are heard, without drawn applause, which should not be spoken. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'clap');

/** Counts how many of the found words are expected, each once. */
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
