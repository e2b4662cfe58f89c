import type { WordBoundary } from './edge-turn.ts';
import type { SpeechEvent } from './word-times.ts';

/** How far on a service's word is looked for; one that is further is not the text's. */
const reach = 60;

/**
 * A service's word boundaries as events at their places in `spoken` (characters from 1). The service may join or
 * split words, or write one its own way: what is not found has no event, and the words share the time around it.
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

/** In letters: how long the voice rests at a mark. */
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

/** Events for a service that gives none: each character takes its share of the sound, and marks are rests. */
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
