import { forbidsRepublication } from '../../../domain/republication.ts';
import { documentText } from './document-text.ts';

/** Texts that groups put beside their pages. */
const textFile = /\.(txt|nfo|md)$/i;
const maxBytes = 64 * 1024;
/** Groups add one or two. */
const maxFiles = 10;

/** Returns the first sentence in text files that forbids republication; null if none does. */
export async function forbiddenInTexts(
  names: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
): Promise<string | null> {
  for (const name of names.filter((one) => textFile.test(one)).slice(0, maxFiles)) {
    const { text } = documentText((await read(name)).subarray(0, maxBytes), name);
    const sentence = forbidsRepublication(text);
    if (sentence !== null) return sentence;
  }
  return null;
}
