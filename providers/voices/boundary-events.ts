import type { WordBoundary } from './edge-turn.ts';
import type { SpeechEvent } from './word-times.ts';

/** Distance, in words, in which a service's word is searched ahead; one further away is not from the text. */
const reach = 60;

/**
 * Converts a service's word boundaries to events at their positions in `spoken` (characters from 1). The service can join,
 * split or respell words: a word that is not found has no event, and the words around it share its time.
 */
export function boundaryEvents(spoken: string, boundaries: readonly WordBoundary[]): SpeechEvent[] {
  const text = spoken.toLowerCase();
  const events: SpeechEvent[] = [];
  let from = 0;
  for (const [index, boundary] of boundaries.entries()) {
    const word = boundary.text.normalize('NFC').toLowerCase().trim();
    const at = word === '' ? -1 : text.indexOf(word, from);
    if (at < 0 || at - from > reach) continue;
    from = at + word.length;
    const position = Array.from(spoken.slice(0, at)).length + 1;
    const end = boundary.start + boundary.duration;
    events.push(
      { type: 'word', position, time: boundary.start },
      { type: 'sound', position, time: boundary.start },
    );
    const next = boundaries[index + 1]?.start;
    if (next === undefined || next - end > 0.02) events.push({ type: 'silence', position, time: end });
  }
  return events;
}

/** Pauses at punctuation marks, in letters. */
const rests: Readonly<Record<string, number>> = {
  ',': 4,
  ';': 5,
  ':': 5,
  '.': 8,
  '!': 8,
  '?': 8,
  '…': 9,
  ' ': 0.5,
};

/**
 * Returns events for a service without word times: each character takes its share of the audio, and marks are pauses.
 */
export function proportionalEvents(spoken: string, duration: number): SpeechEvent[] {
  const characters = Array.from(spoken.replace(/[\p{P}\s]+$/u, ''));
  const weights = characters.map((character) => rests[character] ?? (/\p{L}/u.test(character) ? 1 : 0));
  const second =
    duration /
    Math.max(
      1,
      weights.reduce((sum, weight) => sum + weight, 0),
    );
  const events: SpeechEvent[] = [];
  let time = 0;
  for (const [index, character] of characters.entries()) {
    const position = index + 1;
    const starts = /\p{L}/u.test(character) && !/[\p{L}\p{M}]/u.test(characters[index - 1] ?? ' ');
    if (starts) events.push({ type: 'word', position, time }, { type: 'sound', position, time });
    else if ((rests[character] ?? 0) > 1) events.push({ type: 'silence', position, time });
    time += (weights[index] ?? 0) * second;
  }
  return events;
}
