import type { Mood } from '../../domain/script.ts';
import type { SpeakingManner } from './ssml.ts';

export interface MannerSettings extends SpeakingManner {
  /** What is different for segments of a mood. */
  moods?: Partial<Record<Mood, Partial<SpeakingManner>>> | undefined;
}

/** How a segment is said: the mood's own manner, and the usual one where the mood has none. */
export const mannerOf = (
  { speaker, ratePercent, pitchHz, moods }: MannerSettings,
  mood?: Mood,
): SpeakingManner => ({
  ...{ speaker, ratePercent, pitchHz },
  ...(mood && moods?.[mood]),
});

export const mannerName = ({ speaker, ratePercent, pitchHz }: SpeakingManner): string =>
  `${speaker} rate ${ratePercent} pitch ${pitchHz}`;
