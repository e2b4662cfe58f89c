import { forbidsRepublication, unsearchedPart } from '../../../domain/republication.ts';
import { documentText } from './document-text.ts';

/** Texts that groups put beside their pages. */
const textFile = /\.(txt|nfo|md)$/i;
const maxBytes = 64 * 1024;
/** Groups add one or two. */
const maxFiles = 10;

/** Returns the first sentence in text files that forbids republication, or else what was not searched; null if there is neither. */
export async function forbiddenInTexts(
  names: readonly string[],
  head: (name: string, most: number) => Promise<Uint8Array>,
): Promise<string | null> {
  const texts = names.filter((one) => textFile.test(one));
  let unsearched =
    texts.length > maxFiles
      ? `only the first ${maxFiles} of ${texts.length} text files were searched for a prohibition`
      : null;
  for (const name of texts.slice(0, maxFiles)) {
    const { text } = documentText(await head(name, maxBytes), name);
    const sentence = forbidsRepublication(text);
    if (sentence !== null) return sentence;
    unsearched ??= unsearchedPart(text, name);
  }
  return unsearched;
}
