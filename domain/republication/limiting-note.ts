import { createHash } from 'node:crypto';
import type { LimitingNote } from '../limiting-note.ts';
import { limitsRepublication, unsearchedPart } from '../republication.ts';

/** A person decides about what fits a message. */
const mostQuoted = 1000;

/** Returns the hash of a text; white space and the way in which letters are stored make no difference. */
const hashOfText = (text: string): string =>
  createHash('sha256').update(text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()).digest('hex');

/** Returns a note with what was not searched; an approval of it is not remembered. */
export const unsearchedNote = (from: string, sentence: string): LimitingNote => ({
  from,
  sentences: [sentence],
  text_hash: null,
});

/**
 * Returns what limits the use in a text; null if nothing does.
 * @param limits returns the sentences that do
 */
export function limitingNote(
  text: string | null,
  from: string,
  limits: (text: string) => string[] = limitsRepublication,
): LimitingNote | null {
  if (text === null) return null;
  const unsearched = unsearchedPart(text, from);
  const sentences = limits(text);
  if (sentences.length === 0) return unsearched === null ? null : unsearchedNote(from, unsearched);
  const quoted: string[] = [];
  let left = mostQuoted;
  for (const sentence of sentences) {
    if (left <= 0) break;
    quoted.push(sentence.slice(0, left));
    left -= sentence.length;
  }
  const isShown = left >= 0 && quoted.length === sentences.length && unsearched === null;
  return {
    from,
    sentences: quoted,
    text_hash: isShown && !text.includes('\uFFFD') ? hashOfText(text) : null,
  };
}
