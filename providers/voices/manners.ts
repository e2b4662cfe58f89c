import type { Mood } from '../../domain/script.ts';
import type { SpeakingManner } from './ssml.ts';
import type { Delivery } from './voice.ts';

/** The narrator's way of speaking, and its changes by moods and casts. */
export interface MannerSettings extends Omit<SpeakingManner, 'style'> {
  /** Differences for segments of a mood. */
  moods?: Partial<Record<Mood, Partial<Omit<SpeakingManner, 'style'>>>> | undefined;
}

/** Styles that suit a mood, the best first, by Azure's names. */
const styles: Record<Mood, readonly string[]> = {
  neutral: [],
  joyful: ['cheerful', 'excited', 'friendly'],
  sad: ['sad', 'depressed', 'disappointed'],
  angry: ['angry', 'shouting', 'unfriendly'],
  afraid: ['terrified', 'fearful', 'whispering'],
  tense: ['serious', 'whispering'],
  tender: ['affectionate', 'gentle', 'empathetic'],
};

const within = (low: number, value: number, high: number) => Math.min(Math.max(value, low), high);

/** Returns how the narrator speaks, as usual and in each mood that changes it. */
export const mannersOfNarrator = ({
  speaker,
  ratePercent,
  pitchHz,
  moods = {},
}: MannerSettings): SpeakingManner[] => {
  const usual = { speaker, ratePercent, pitchHz };
  return [usual, ...Object.values(moods).map((different) => ({ ...usual, ...different }))];
};

/**
 * Returns how a segment is spoken. The narrator takes the mood's manner whole; a character keeps speaker and pitch, which tell the
 * characters apart, and the mood changes the pace by as much as it changes the narrator's.
 */
export function mannerOf(
  { speaker, ratePercent, pitchHz, moods }: MannerSettings,
  { mood, part }: Delivery = {},
): SpeakingManner {
  const usual = { speaker, ratePercent, pitchHz };
  const narrator = { ...usual, ...(mood && moods?.[mood]) };
  if (!part) return narrator;
  const style = mood && styles[mood].find((name) => part.styles?.includes(name));
  return {
    speaker: part.speaker,
    ratePercent: within(-50, narrator.ratePercent + part.rate, 100),
    pitchHz: within(-50, part.pitch, 50),
    ...(style && { style }),
  };
}

export const mannerName = ({ speaker, ratePercent, pitchHz, style }: SpeakingManner): string =>
  `${speaker} rate ${ratePercent} pitch ${pitchHz}${style ? ` ${style}` : ''}`;
