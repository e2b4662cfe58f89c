import type { LimitingNote } from '../../../domain/limiting-note.ts';
import { limitingNote, unsearchedNote } from '../../../domain/republication/limiting-note.ts';
import { prohibitionsIn } from '../../../domain/republication.ts';
import { documentText } from './document-text.ts';

/** Texts that groups put beside their pages. */
const textFile = /\.(txt|nfo|md)$/i;
const maxBytes = 64 * 1024;
/** Groups add one or two. */
const maxFiles = 10;

/** Returns the text files that forbid republication, and what was not searched. */
export async function limitsInTexts(
  names: readonly string[],
  head: (name: string, most: number) => Promise<Uint8Array>,
): Promise<LimitingNote[]> {
  const texts = names.filter((one) => textFile.test(one));
  const notes: LimitingNote[] = [];
  for (const name of texts.slice(0, maxFiles)) {
    const { text } = documentText(await head(name, maxBytes), name);
    const note = limitingNote(text, name, prohibitionsIn);
    if (note) notes.push(note);
  }
  if (texts.length > maxFiles)
    notes.push(
      unsearchedNote(
        'text files',
        `only the first ${maxFiles} of ${texts.length} text files were searched for a prohibition`,
      ),
    );
  return notes;
}
