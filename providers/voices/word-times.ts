import type { SpokenWord } from '../../domain/speech.ts';

/** A word of the text, and the position of its spoken form in the speech, in characters (code points). */
export interface TextWord {
  text: string;
  start: number;
  end: number;
}

/** An event of espeak: `position` counts characters from 1, `time` is in seconds from the first sample. */
export interface SpeechEvent {
  type: 'word' | 'sound' | 'silence';
  position: number;
  time: number;
}

/**
 * Returns the times of each word. A word starts with its first event; it ends where espeak begins a silence, or where the next
 * word starts. espeak speaks some words in several parts (numbers) and joins others (`1.500`); a word without an event takes
 * its share, by letters, of the time of the one before it. Times are limited to [0, duration] and never run backwards. If a
 * word is spoken as several, `parts` has the times of the others, since there can be a pause between them.
 */
export function wordTimes(
  words: readonly TextWord[],
  events: readonly SpeechEvent[],
  duration: number,
  offset: number,
): SpokenWord[] {
  const starts = words.map((word) => {
    const first = events.find(({ type, position }) => type === 'word' && isWithin(word, position - 1));
    return first && first.time - offset;
  });
  fillGaps(starts, words, duration);

  const timed: SpokenWord[] = [];
  let earliest = 0;
  for (const [index, word] of words.entries()) {
    const start = clamp(starts[index] ?? 0, earliest, duration);
    const next = clamp(starts[index + 1] ?? duration, start, duration);
    const end = clamp(soundEnd(events, start + offset, next + offset) - offset, start, next);
    const parts = events
      .filter(({ type, position }) => type === 'word' && isWithin(word, position - 1))
      .map(({ time }) => toMillisecond(time - offset))
      .filter((time) => time > toMillisecond(start) && time < toMillisecond(end));
    timed.push({
      text: word.text,
      start: toMillisecond(start),
      end: toMillisecond(end),
      ...(parts.length > 0 && { parts }),
    });
    earliest = start;
  }
  return timed;
}

/** Returns the start of the silence that lasts until `to`, or `to` itself if the sound continues until then. */
function soundEnd(events: readonly SpeechEvent[], from: number, to: number): number {
  let end: number | undefined;
  for (const event of events) {
    // An event at `to` belongs to the next word.
    if (event.time < from || event.time > to - 1e-6 || event.type === 'word') continue;
    if (event.type === 'sound') end = undefined;
    else if (event.time > from) end ??= event.time;
  }
  return end ?? to;
}

/** Spreads each run of words without a start between its neighbours, in proportion to the letters. */
function fillGaps(starts: (number | undefined)[], words: readonly TextWord[], duration: number): void {
  starts[0] ??= 0;
  for (let index = 1; index < starts.length; index++) {
    if (starts[index] !== undefined) continue;
    let after = index;
    while (after < starts.length && starts[after] === undefined) after++;
    const from = starts[index - 1] ?? 0;
    const to = starts[after] ?? duration;
    const lengths = words.slice(index - 1, after).map(({ text }) => text.length);
    const all = lengths.reduce((sum, length) => sum + length, 0);
    let sounded = 0;
    for (let gap = index; gap < after; gap++) {
      sounded += lengths[gap - index] ?? 0;
      starts[gap] = from + ((to - from) * sounded) / all;
    }
  }
}

const isWithin = (word: TextWord, position: number) => position >= word.start && position < word.end;
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
/** Rounds down, so that an end never exceeds the duration. */
const toMillisecond = (seconds: number) => Math.floor(seconds * 1000) / 1000;
