import { type Credited, silenceAfter } from '../../../domain/end-card.ts';
import type { Script, Segment } from '../../../domain/script.ts';
import { type Speech, type SpokenSegment, usualRate } from '../../../domain/speech.ts';

/** Seconds. */
const shortest = 0.5;

/**
 * Returns the speech of a script with estimated lengths for the segments that are not spoken as they are written now, and
 * the indexes of those. The voice of the other segments sets the rate, or the usual one before any was spoken.
 */
export function estimateSpeech(
  script: Script,
  spoken: Speech | undefined,
  chapter: Credited,
): { speech: Speech; estimated: number[] } {
  const known = new Map(spoken?.segments.map((segment) => [segment.index, segment]));
  const valid = script.segments.flatMap((segment) => {
    const found = known.get(segment.index);
    return found && says(found, segment) ? [{ segment, found }] : [];
  });
  const letters = valid.reduce((sum, { segment }) => sum + segment.text.length, 0);
  const seconds = valid.reduce((sum, { found }) => sum + found.duration, 0);
  const rate = seconds > 0 ? letters / seconds : usualRate;
  const byIndex = new Map(valid.map(({ found }) => [found.index, found]));
  const segments = script.segments.map((segment): SpokenSegment => {
    const { index, text } = segment;
    const duration = Math.max(shortest, text.length / rate);
    const pause_after = silenceAfter(segment, duration, chapter);
    return byIndex.get(index) ?? { index, audio: '', duration, pause_after, words: [] };
  });
  const duration = segments.reduce((sum, one) => sum + one.duration + one.pause_after, 0);
  const estimated = script.segments.map(({ index }) => index).filter((index) => !byIndex.has(index));
  return { speech: { job_id: script.job_id, voice: spoken?.voice ?? 'none', duration, segments }, estimated };
}

/** The words are written as in the text; a voice without word times can't be compared. */
const says = ({ words }: SpokenSegment, { text }: Segment) =>
  words.length === 0 || words.map((word) => word.text).join(' ') === text.trim().split(/\s+/u).join(' ');
