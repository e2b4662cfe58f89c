import type { Mood } from '../../domain/script.ts';
import type { SpeakingManner } from './ssml.ts';

export interface MannerSettings extends SpeakingManner {
  /** Differences for segments of a mood. */
  moods?: Partial<Record<Mood, Partial<SpeakingManner>>> | undefined;
}

/** Returns how a segment is spoken: the mood's manner, or the usual one if the mood has none. */
export const mannerOf = (
  { speaker, ratePercent, pitchHz, moods }: MannerSettings,
  mood?: Mood,
): SpeakingManner => ({
  ...{ speaker, ratePercent, pitchHz },
  ...(mood && moods?.[mood]),
});

export const mannerName = ({ speaker, ratePercent, pitchHz }: SpeakingManner): string =>
  `${speaker} rate ${ratePercent} pitch ${pitchHz}`;
