import { Mood } from './script.ts';

export const voiceNames = ['espeak', 'edge', 'azure'] as const;
export type VoiceName = (typeof voiceNames)[number];

/** One voice, or several separated by commas: if one is unavailable, the next speaks. */
export const voicePattern = new RegExp(`^(${voiceNames.join('|')})(,(${voiceNames.join('|')}))*$`);

export const speakerPattern = /^vi-VN-[A-Za-z]+Neural$/;

/** The Vietnamese speakers, and multilingual ones. */
export const castSpeakerPattern = /^[a-z]{2,3}-[A-Z]{2}-[A-Za-z]+Neural$/;

const manner = '(vi-VN-[A-Za-z]+Neural)?/(-?\\d{1,3})?/(-?\\d{1,2})?';
const moodManner = `(${Mood.options.join('|')})=${manner}`;
/** `mood=speaker/rate/pitch`, separated by commas; omitted parts keep their default: `sad=/-10/-4,angry=vi-VN-NamMinhNeural//`. */
export const moodsPattern = new RegExp(`^(${moodManner}(,${moodManner})*)?$`);

export interface MoodManner {
  speaker?: string;
  ratePercent?: number;
  pitchHz?: number;
}

/** Parses the moods of a setting. */
export function moodManners(setting: string): Partial<Record<Mood, MoodManner>> {
  const entries = setting
    .split(',')
    .filter(Boolean)
    .map((entry) => {
      const [mood = '', speaker = '', rate = '', pitch = ''] = entry.split(/[=/]/);
      const different: MoodManner = {
        ...(speaker && { speaker }),
        ...(rate && { ratePercent: Number(rate) }),
        ...(pitch && { pitchHz: Number(pitch) }),
      };
      return [Mood.parse(mood), different] as const;
    });
  return Object.fromEntries(entries);
}
