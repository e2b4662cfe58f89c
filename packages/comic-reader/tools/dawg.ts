/** Parts of a file of tesseract's trained data, by their position in its `TessdataType`. */
export const part = { unicharset: 1, words: 7, bigrams: 14 } as const;

/** Extracts one part of trained data: a count, that many offsets of 8 bytes, and the parts one after another. */
export function partOf(trained: Buffer, index: number): Buffer {
  const count = trained.readUInt32LE(0);
  const offsets = Array.from({ length: count }, (_, i) => Number(trained.readBigInt64LE(4 + 8 * i)));
  const from = offsets[index] ?? -1;
  if (from < 0) throw new Error(`The trained data has no part ${index}`);
  const to = Math.min(trained.length, ...offsets.filter((offset) => offset > from));
  return trained.subarray(from, to);
}

/** Returns the characters of a unicharset in its order; number 0 is the space. */
export function charactersOf(unicharset: Buffer): string[] {
  const [, ...lines] = unicharset.toString('utf8').trimEnd().split('\n');
  return lines.map((line, i) => (i === 0 ? ' ' : (line.split(' ')[0] as string)));
}

const magic = 42;
const endOfList = 1n;
const backward = 2n;
const endOfWord = 4n;

/**
 * Lists the words of a squished dawg: edges of 64 bits with a character in the low bits, three flags, and the next node.
 * @param characters of the unicharset that it was made with
 */
export function* wordsOf(dawg: Buffer, characters: readonly string[]): Generator<string> {
  if (dawg.readInt16LE(0) !== magic) throw new Error('The part is not a dawg');
  const size = dawg.readInt32LE(2);
  const bits = BigInt(Math.ceil(Math.log2(size + 1)));
  const letters = (1n << bits) - 1n;
  const edges = dawg.readInt32LE(6);
  const edge = (at: number) => dawg.readBigUInt64LE(10 + 8 * at);
  function* from(node: number, prefix: string): Generator<string> {
    for (let at = node; at < edges; at++) {
      const record = edge(at);
      const flags = record >> bits;
      if (!(flags & backward)) {
        const word = prefix + (characters[Number(record & letters)] ?? '');
        if (flags & endOfWord) yield word;
        const next = Number(flags >> 3n);
        if (next !== 0) yield* from(next, word);
      }
      if (flags & endOfList) return;
    }
  }
  yield* from(0, '');
}
