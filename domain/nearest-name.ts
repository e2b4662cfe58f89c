/** Two spellings of a name differ in a third of their letters and marks at most. */
const mostChanges = 1 / 3;

/** Splits a text into letters and marks, so that a wrong tone counts as one change; without regard to case. */
const signsOf = (text: string): string[] => [...text.normalize('NFD').toLowerCase()];

/** Returns how many signs of one text have to be added, left out or replaced to get the other. */
function changesBetween(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, sign] of one.entries()) {
    const next = [index + 1];
    for (const [place, its] of other.entries())
      next.push(
        Math.min(
          (row[place] as number) + (sign === its ? 0 : 1),
          (row[place + 1] as number) + 1,
          (next[place] as number) + 1,
        ),
      );
    row = next;
  }
  return row.at(-1) as number;
}

const wordsOf = (text: string) => text.normalize('NFC').toLowerCase().split(/\s+/u).filter(Boolean);

/** Returns whether all words of a name are in a longer one. */
const isInside = (one: readonly string[], other: readonly string[]) =>
  one.length > 0 && one.every((word) => other.includes(word));

/**
 * Returns the known name that somebody could have meant who wrote another one: the one with the fewest changes, if these are few or one
 * name has all words of the other.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const [signs, words] = [signsOf(name), wordsOf(name)];
  let nearest: { name: string; changes: number } | undefined;
  for (const other of known) {
    const its = signsOf(other);
    const changes = changesBetween(signs, its);
    const others = wordsOf(other);
    const isNear =
      changes <= Math.max(signs.length, its.length) * mostChanges ||
      isInside(words, others) ||
      isInside(others, words);
    if (isNear && (!nearest || changes < nearest.changes)) nearest = { name: other, changes };
  }
  return nearest?.name;
}

/** Returns a question for the end of a message, or the empty text without a name. */
export const didYouMean = (name: string | undefined): string =>
  name === undefined ? '' : `; did you mean “${name}”?`;
