/** White space behind a mark that ends a sentence and behind closing marks, where another sentence begins; or a line break. `v.v.` ends none. */
const ends =
  /(?<=(?:(?<!v\.v)\.|[!?…。！？])[\s"”’»)\]]{0,8})\s+(?=(?:[–—-]\s*)?["“‘«([]*[\p{L}\p{N}])|[\r\n]+/u;

/** Splits a text at the ends of sentences. Marks that stand alone, as in `Ai đó ? ”`, belong to the sentence before them. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(ends)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
